import diamond from 'diamond-types-node'

const { Doc } = diamond

function edit (document, [position, removed, inserted]) {
  if (removed > 0) document.del(position, removed)
  if (inserted !== '') document.ins(position, inserted)
}

export const engine = {
  replay ({ edits, repetitions }, onUpdate) {
    const document = new Doc('1')
    for (let i = 0; i < repetitions; i++) {
      for (const one of edits) {
        const before = onUpdate && document.getLocalVersion()
        edit(document, one)
        if (onUpdate) onUpdate(document.getPatchSince(before))
      }
    }
    return document
  },
  updatesOfWriters ({ edits, atOnce }) {
    if (!atOnce) return [] // its document cannot change its writer
    return edits.map((one, i) => {
      const document = new Doc(String(1 + i))
      edit(document, one)
      const bytes = document.toBytes()
      document.free()
      return bytes
    })
  },
  apply (updates) {
    const document = new Doc('2')
    for (const update of updates) document.mergeBytes(update)
    return document
  },
  load: (state) => Doc.fromBytes(state, '2'),
  encode: (document) => document.toBytes(),
  text: (document) => document.get(),
  free: (document) => document.free()
}
