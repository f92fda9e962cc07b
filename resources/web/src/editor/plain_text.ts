// The shared text as yCollab sees it. That binding throws at what is no text; here it is never shown any.
import * as Y from 'yjs'

type Observer = (event: Y.YTextEvent, transaction: Y.Transaction) => void

/** Passes on to `text`. When somebody puts an object into it, the binding hears no more of it, and
 * `objectCame` is called once the transaction is over. */
export function plainTextOf (text: Y.Text, objectCame: () => void): Y.Text {
  const wrapped = new Map<Observer, Observer>()
  let isPlain = true
  const plain = {
    doc: text.doc,
    insert: (index: number, words: string) => { text.insert(index, words) },
    delete: (index: number, length: number) => { text.delete(index, length) },
    observe (observer: Observer) {
      const filter: Observer = (event, transaction) => {
        if (isPlain && !transaction.local && event.delta.some(({ insert }) => insert !== undefined && typeof insert !== 'string')) {
          isPlain = false
          setTimeout(objectCame)
        }
        if (isPlain) observer(event, transaction)
      }
      wrapped.set(observer, filter)
      text.observe(filter)
    },
    unobserve (observer: Observer) { text.unobserve(wrapped.get(observer) ?? observer) }
  }
  return plain as unknown as Y.Text
}
