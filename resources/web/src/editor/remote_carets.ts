// The carets and selections of the others, drawn in layers over and under the text, so that they
// never take part in laying it out.
import { EditorSelection, StateEffect, StateField, type Extension } from '@codemirror/state'
import { EditorView, layer, RectangleMarker, type LayerMarker, type ViewUpdate } from '@codemirror/view'
import { readableOn } from '../session/presence.ts'

export interface RemoteCaret {
  client: number
  name: string
  color: string
  anchor: number
  head: number
  /** Another number whenever its owner has moved it. */
  move: number
}

/** How long the name at a caret stays without movement, in milliseconds. */
const flagTime = 3_000

/** Shows exactly these. */
export const setRemoteCarets = StateEffect.define<RemoteCaret[]>()

/** Between two messages of its owner a caret sticks to its text. */
export const remoteCarets = StateField.define<RemoteCaret[]>({
  create: () => [],
  update (carets, transaction) {
    for (const effect of transaction.effects) if (effect.is(setRemoteCarets)) return effect.value
    if (!transaction.docChanged || carets.length === 0) return carets
    return carets.map(caret => ({
      ...caret,
      anchor: transaction.changes.mapPos(caret.anchor, 1),
      head: transaction.changes.mapPos(caret.head, 1)
    }))
  }
})

class CaretMarker implements LayerMarker {
  constructor (
    readonly caret: RemoteCaret,
    private readonly left: number,
    private readonly top: number,
    private readonly height: number,
    private readonly isFirstLine: boolean
  ) {}

  eq (other: CaretMarker): boolean {
    return this.caret.client === other.caret.client && this.caret.name === other.caret.name &&
      this.caret.color === other.caret.color && this.left === other.left && this.top === other.top &&
      this.height === other.height && this.isFirstLine === other.isFirstLine && this.caret.move === other.caret.move
  }

  draw (): HTMLElement {
    const pole = document.createElement('div')
    pole.className = 'cm-remoteCaret'
    pole.appendChild(document.createElement('div')).className = 'cm-remoteFlag'
    this.place(pole)
    showFlag(pole)
    return pole
  }

  /** A caret that moves keeps its element; its flag comes back. */
  update (pole: HTMLElement, previous: LayerMarker): boolean {
    if (!(previous instanceof CaretMarker) || previous.caret.client !== this.caret.client) return false
    this.place(pole, previous)
    if (previous.caret.move !== this.caret.move) showFlag(pole)
    return true
  }

  /** Touches only what differs: twenty carets behind a key must not be laid out anew. */
  private place (pole: HTMLElement, previous?: CaretMarker): void {
    const { style } = pole
    if (previous?.left !== this.left || previous.top !== this.top) style.transform = `translate(${this.left}px, ${this.top}px)`
    if (previous?.height !== this.height) style.height = `${this.height}px`
    if (previous?.isFirstLine !== this.isFirstLine) pole.classList.toggle('cm-remoteCaret-below', this.isFirstLine)
    if (previous?.caret.color !== this.caret.color) {
      style.setProperty('--person', this.caret.color)
      style.setProperty('--on-person', readableOn(this.caret.color))
    }
    if (previous?.caret.name !== this.caret.name) pole.firstElementChild!.textContent = this.caret.name
  }
}

const fadings = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>()

/** The name stays for a while, and fades. */
function showFlag (pole: HTMLElement): void {
  clearTimeout(fadings.get(pole))
  pole.classList.remove('cm-remoteCaret-faded')
  fadings.set(pole, setTimeout(() => { pole.classList.add('cm-remoteCaret-faded') }, flagTime))
}

class SelectionMarker implements LayerMarker {
  constructor (private readonly shape: RectangleMarker, private readonly color: string) {}

  eq (other: SelectionMarker): boolean { return this.color === other.color && this.shape.eq(other.shape) }

  draw (): HTMLElement {
    const rectangle = this.shape.draw()
    rectangle.style.setProperty('--person', this.color)
    return rectangle
  }

  update (): boolean { return false }
}

function needsDrawing (update: ViewUpdate): boolean {
  return update.docChanged || update.viewportChanged || update.geometryChanged ||
    update.startState.field(remoteCarets) !== update.state.field(remoteCarets)
}

const caretLayer = layer({
  above: true,
  class: 'cm-remoteCarets',
  update: needsDrawing,
  markers (view) {
    const { from, to } = view.viewport
    const shown = view.state.field(remoteCarets).filter(({ head }) => head >= from && head <= to)
    if (shown.length === 0) return []
    // As RectangleMarker does it, but looking once for all where the layer is.
    const { scrollDOM, scaleX, scaleY } = view
    const origin = scrollDOM.getBoundingClientRect()
    const [left, top] = [origin.left - scrollDOM.scrollLeft * scaleX, origin.top - scrollDOM.scrollTop * scaleY]
    const firstLineEnd = view.state.doc.line(1).to
    return shown.flatMap(caret => {
      const place = view.coordsAtPos(caret.head, 1)
      return place
        ? [new CaretMarker(caret, place.left - left, place.top - top, place.bottom - place.top, caret.head <= firstLineEnd)]
        : []
    })
  }
})

const selectionLayer = layer({
  above: false,
  class: 'cm-remoteSelections',
  update: needsDrawing,
  markers (view) {
    const { from, to } = view.viewport
    return view.state.field(remoteCarets).flatMap(({ anchor, head, color }) => {
      const [start, end] = [Math.max(from, Math.min(anchor, head)), Math.min(to, Math.max(anchor, head))]
      if (anchor === head || start >= end) return []
      return RectangleMarker.forRange(view, 'cm-remoteSelection', EditorSelection.range(start, end))
        .map(shape => new SelectionMarker(shape, color))
    })
  }
})

/** How near the pointer must come to a caret, in pixels, for its name to come back. */
const hoverDistance = 4

const hover = EditorView.domEventHandlers({
  mousemove (event, view) {
    for (const pole of view.scrollDOM.querySelectorAll('.cm-remoteCaret')) {
      const { left, right, top, bottom } = pole.getBoundingClientRect()
      const { clientX: x, clientY: y } = event
      pole.classList.toggle('cm-remoteCaret-hover',
        x >= left - hoverDistance && x <= right + hoverDistance && y >= top && y <= bottom)
    }
  }
})

const style = EditorView.baseTheme({
  '.cm-remoteCarets': { pointerEvents: 'none' },
  '.cm-remoteCaret': { position: 'absolute', left: '0', top: '0', width: '2px', backgroundColor: 'var(--person)' },
  '.cm-remoteFlag': {
    position: 'absolute',
    bottom: '100%',
    left: '0',
    maxWidth: '16em',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    height: '15px',
    padding: '0 5px',
    borderRadius: '3px 3px 3px 0',
    font: '700 10px/15px var(--interface-font)',
    color: 'var(--on-person)',
    backgroundColor: 'var(--person)'
  },
  '.cm-remoteCaret-below .cm-remoteFlag': { bottom: 'auto', top: '100%', borderRadius: '0 3px 3px 3px' },
  '.cm-remoteCaret-faded:not(.cm-remoteCaret-hover) .cm-remoteFlag': { opacity: '0', transition: 'opacity .4s linear' },
  '.cm-remoteSelection': { backgroundColor: 'color-mix(in srgb, var(--person) 20%, transparent)' },
  '@media (prefers-reduced-motion: reduce)': { '.cm-remoteFlag': { transitionDuration: '0s !important' } }
})

export function showRemoteCarets (): Extension {
  return [remoteCarets, selectionLayer, caretLayer, hover, style]
}
