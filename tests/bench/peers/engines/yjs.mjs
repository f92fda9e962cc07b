// The ES module: the CommonJS build is several times slower.
import * as Y from 'yjs'

function open (client) {
  const document = new Y.Doc()
  document.clientID = client
  document.getText('text')
  return document
}

function load (state, format) {
  const document = open(4000000000)
  if (format === 'v2') Y.applyUpdateV2(document, state)
  else Y.applyUpdate(document, state)
  return document
}

export const engine = {
  readsYjs: true,
  replay ({ edits, repetitions }, onUpdate) {
    const document = open(3000000000)
    const text = document.getText('text')
    if (onUpdate) document.on('update', onUpdate)
    for (let i = 0; i < repetitions; i++) {
      for (const [position, removed, inserted] of edits) {
        document.transact(() => {
          if (removed > 0) text.delete(position, removed)
          if (inserted !== '') text.insert(position, inserted)
        })
      }
    }
    return document
  },
  apply (updates) {
    const document = open(4000000000)
    for (const update of updates) Y.applyUpdate(document, update)
    return document
  },
  load,
  encode: (document, format) =>
    format === 'v2' ? Y.encodeStateAsUpdateV2(document) : Y.encodeStateAsUpdate(document),
  text: (document) => document.getText('text').toString()
}
