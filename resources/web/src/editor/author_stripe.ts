// The stripe beside the lines: who wrote most of each.
import { RangeSet, StateEffect, StateField, type Extension } from '@codemirror/state'
import { EditorView, gutter, GutterMarker, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type * as Y from 'yjs'
import { ContentString } from 'yjs'

export interface Author { name: string, color: string }
export type FindAuthor = (client: number) => Author | undefined

/** Who wrote what is looked up this long after the last change. */
const settleTime = 400

/** A piece of the text that one client wrote, by its end in the text. */
export interface Piece { end: number, client: number }

/** The text as pieces of one writer each, from the beginning. */
export function piecesOf (text: Y.Text): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof ContentString)) continue
    end += item.length
    const last = pieces.at(-1)
    if (last?.client === item.id.client) last.end = end
    else pieces.push({ end, client: item.id.client })
  }
  return pieces
}

/** Who wrote most of the text between two offsets; undefined if nobody is known. */
export function mainClient (pieces: Piece[], from: number, to: number): number | undefined {
  let low = 0
  for (let high = pieces.length; low < high;) {
    const middle = (low + high) >> 1
    if (pieces[middle]!.end <= from) low = middle + 1
    else high = middle
  }
  const shares = new Map<number, number>()
  let best: number | undefined
  for (let start = from; low < pieces.length && start < to; low++) {
    const { end, client } = pieces[low]!
    const share = (shares.get(client) ?? 0) + Math.min(end, to) - start
    shares.set(client, share)
    if (best === undefined || share > shares.get(best)!) best = client
    start = end
  }
  return best
}

class StripeMarker extends GutterMarker {
  constructor (private readonly author: Author) { super() }

  override eq (other: StripeMarker): boolean {
    return this.author.color === other.author.color && this.author.name === other.author.name
  }

  override toDOM (): HTMLElement {
    const stripe = document.createElement('div')
    stripe.title = `Mostly written by ${this.author.name}`
    stripe.style.backgroundColor = this.author.color
    return stripe
  }
}

const setPieces = StateEffect.define<Piece[]>()

const pieces = StateField.define<Piece[]>({
  create: () => [],
  update (value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setPieces)) return effect.value
    return value
  }
})

export interface AuthorStripe {
  extension: Extension
  /** After somebody got a name or a colour. */
  refresh: (view: EditorView) => void
}

export function authorStripe (text: Y.Text, find: FindAuthor): AuthorStripe {
  const markers = new Map<string, StripeMarker>()
  const markerOf = (author: Author): StripeMarker => {
    const key = author.color + author.name
    const marker = markers.get(key) ?? new StripeMarker(author)
    markers.set(key, marker)
    return marker
  }
  const lookUp = ViewPlugin.fromClass(class {
    private timer: ReturnType<typeof setTimeout> | undefined
    constructor (private readonly view: EditorView) { this.later(0) }
    update (update: ViewUpdate): void { if (update.docChanged) this.later(settleTime) }
    destroy (): void { clearTimeout(this.timer) }

    later (delay: number): void {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => { this.view.dispatch({ effects: setPieces.of(piecesOf(text)) }) }, delay)
    }
  })
  const stripe = gutter({
    class: 'cm-authors',
    markers: () => RangeSet.empty,
    lineMarker (view, line) {
      if (line.length === 0) return null
      const client = mainClient(view.state.field(pieces), line.from, line.from + line.length)
      const author = client === undefined ? undefined : find(client)
      return author ? markerOf(author) : null
    },
    lineMarkerChange: update => update.startState.field(pieces) !== update.state.field(pieces)
  })
  return {
    extension: [pieces, lookUp, stripe],
    refresh: view => view.plugin(lookUp)?.later(0)
  }
}
