import * as Y from 'ywasm'

const open = (client) => {
  const document = new Y.YDoc({ clientID: client })
  document.getText('text')
  return document
}

export const engine = {
  readsYjs: true,
  replay ({ edits, repetitions }, onUpdate) {
    const document = open(3000000000)
    const text = document.getText('text')
    if (onUpdate) document.onUpdate(onUpdate)
    for (let i = 0; i < repetitions; i++) {
      for (const [position, removed, inserted] of edits) {
        const transaction = document.beginTransaction('local')
        if (removed > 0) text.delete(position, removed, transaction)
        if (inserted !== '') text.insert(position, inserted, undefined, transaction)
        transaction.commit()
        transaction.free()
      }
    }
    text.free()
    return document
  },
  apply (updates) {
    const document = open(4000000000)
    for (const update of updates) Y.applyUpdate(document, update, 'remote')
    return document
  },
  load (state, format) {
    const document = open(4000000000)
    if (format === 'v2') Y.applyUpdateV2(document, state, 'remote')
    else Y.applyUpdate(document, state, 'remote')
    return document
  },
  encode: (document, format) =>
    format === 'v2' ? Y.encodeStateAsUpdateV2(document) : Y.encodeStateAsUpdate(document),
  text: (document) => document.getText('text').toString(undefined),
  free: (document) => document.free()
}
