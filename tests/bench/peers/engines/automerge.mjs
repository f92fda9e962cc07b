import * as A from '@automerge/automerge'

const actor = (number) => number.toString(16).padStart(8, '0')

// Two replicas only understand each other when the object that holds the text is the same one.
const base = A.save(A.from({ text: '' }, { actor: actor(0) }))
const open = (client) => A.load(base, { actor: actor(client) })

const edited = (document, [position, removed, inserted]) =>
  A.change(document, (content) => A.splice(content, ['text'], position, removed, inserted))

export const engine = {
  replay ({ edits, repetitions }, onUpdate) {
    let document = open(3000000000)
    for (let i = 0; i < repetitions; i++) {
      for (const one of edits) {
        document = edited(document, one)
        if (onUpdate) onUpdate(A.getLastLocalChange(document))
      }
    }
    return document
  },
  updatesOfWriters ({ edits, atOnce }) {
    if (!atOnce) return [] // its document cannot change its writer
    return edits.map((one, i) => {
      const document = edited(open(3000000000 + i), one)
      const change = A.getLastLocalChange(document)
      A.free(document)
      return change
    })
  },
  apply (updates) {
    let document = open(4000000000)
    for (const update of updates) document = A.applyChanges(document, [update])[0]
    return document
  },
  load: (state) => A.load(state, { actor: actor(4000000000) }),
  encode: (document) => A.save(document),
  text: (document) => document.text,
  free: (document) => A.free(document)
}
