// The desktop app's light touch on Markdown: headings, emphasis, code and what stands aside. Only
// what is on the screen is looked at.
import { RangeSetBuilder, StateField, type EditorState, type Extension, type Text } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view'

const heading = /^ {0,3}#{1,6}(\s|$)/
const fence = /^ {0,3}(```|~~~)/
const quote = /^ {0,3}>/
const listMarker = /^\s*[-*+]\s/
const spans: [RegExp, 'muted' | 'bold'][] = [
  [/(?<!\])\([^()]*\)/g, 'muted'],
  [/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, 'bold'],
  [/`[^`]+`/g, 'muted']
]

const marks = {
  heading: Decoration.mark({ class: 'cm-mdHeading' }),
  muted: Decoration.mark({ class: 'cm-mdMuted' }),
  bold: Decoration.mark({ class: 'cm-mdBold' })
}

export type Mark = keyof typeof marks

/** The marks of one line, in order of their beginnings. */
export function marksOfLine (line: string, isInFence: boolean): [from: number, to: number, mark: Mark][] {
  if (line === '') return []
  if (isInFence || fence.test(line)) return [[0, line.length, 'muted']]
  if (heading.test(line)) return [[0, line.length, 'heading']]
  const found: [number, number, Mark][] = []
  if (quote.test(line)) found.push([0, line.length, 'muted'])
  const marker = listMarker.exec(line)
  if (marker) found.push([0, marker[0].length, 'muted'])
  for (const [pattern, mark] of spans) {
    for (const match of line.matchAll(pattern)) found.push([match.index, match.index + match[0].length, mark])
  }
  return found.sort(([a], [b]) => a - b)
}

function fencesIn (doc: Text): number[] {
  const found: number[] = []
  for (let number = 1, lines = doc.iterLines(); number <= doc.lines; number++) {
    if (fence.test(lines.next().value)) found.push(number)
  }
  return found
}

/** The numbers of the lines with a fence, read anew only when one may have come, gone or moved. */
const fences = StateField.define<number[]>({
  create: state => fencesIn(state.doc),
  update (value, { changes, docChanged, startState, newDoc }) {
    if (!docChanged) return value
    let isTouched = startState.doc.lines !== newDoc.lines && value.length > 0
    changes.iterChanges((fromA, toA, fromB, toB) => {
      isTouched ||= hasFence(startState.doc, fromA, toA) || hasFence(newDoc, fromB, toB)
    })
    return isTouched ? fencesIn(newDoc) : value
  }
})

function hasFence (doc: Text, from: number, to: number): boolean {
  const last = doc.lineAt(to).number
  for (let number = doc.lineAt(from).number; number <= last; number++) {
    if (fence.test(doc.line(number).text)) return true
  }
  return false
}

function decorate (view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const state: EditorState = view.state
  const fenceLines = state.field(fences)
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at)
      const before = fenceLines.filter(number => number < line.number).length
      for (const [start, end, mark] of marksOfLine(line.text, before % 2 === 1)) {
        builder.add(line.from + start, line.from + end, marks[mark])
      }
      at = line.to + 1
    }
  }
  return builder.finish()
}

const plugin = ViewPlugin.fromClass(class {
  decorations: DecorationSet
  constructor (view: EditorView) { this.decorations = decorate(view) }

  update (update: ViewUpdate): void {
    if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view)
  }
}, { decorations: value => value.decorations })

const style = EditorView.baseTheme({
  '.cm-mdHeading': { color: 'var(--heading)', fontWeight: '700' },
  '.cm-mdMuted': { color: 'var(--muted-text)' },
  '.cm-mdBold': { fontWeight: '700' }
})

export function markdownMarks (): Extension {
  return [fences, plugin, style]
}
