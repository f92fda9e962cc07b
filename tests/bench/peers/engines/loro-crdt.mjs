import { LoroDoc } from 'loro-crdt'

const open = (client) => {
  const document = new LoroDoc()
  document.setPeerId(BigInt(client))
  return document
}

function edit (document, text, [position, removed, inserted]) {
  if (removed > 0) text.delete(position, removed)
  if (inserted !== '') text.insert(position, inserted)
  document.commit()
}

function replay ({ edits, repetitions, writers }, onUpdate) {
  const document = open(3000000000)
  const text = document.getText('text')
  if (onUpdate) document.subscribeLocalUpdates(onUpdate)
  for (let i = 0; i < repetitions; i++) {
    for (let j = 0; j < edits.length; j++) {
      if (writers > 1) document.setPeerId(BigInt(3000000000 + j % writers))
      edit(document, text, edits[j])
    }
  }
  return document
}

function atOnce (edits) {
  const updates = []
  edits.forEach((one, i) => {
    const document = open(3000000000 + i)
    edit(document, document.getText('text'), one)
    updates.push(document.export({ mode: 'update' }))
    document.free()
  })
  return updates
}

export const engine = {
  replay,
  updatesOfWriters (input) {
    if (input.atOnce) return atOnce(input.edits)
    const updates = []
    replay(input, (update) => updates.push(update)).free()
    return updates
  },
  apply (updates) {
    const document = open(4000000000)
    for (const update of updates) document.import(update)
    return document
  },
  load (state) {
    const document = open(4000000000)
    document.import(state)
    return document
  },
  encode: (document) => document.export({ mode: 'snapshot' }),
  text: (document) => document.getText('text').toString(),
  free: (document) => document.free()
}
