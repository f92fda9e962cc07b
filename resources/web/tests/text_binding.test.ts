import { EditorState, Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ownUndoOf } from '../src/editor/own_undo.ts'
import { writtenHere } from '../src/editor/text_binding.ts'
import { changesOf, writeChanges } from '../src/editor/text_changes.ts'

/** Mulberry32, as in tests/e2e: the same seed gives the same run. */
function randomFrom (seed: number): (bound: number) => number {
  let state = seed >>> 0
  return bound => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % bound
  }
}

const words = ['a', 'river', '\n', '  ', 'Ä', '𝄞', '\u2028', '\r', 'x\ny\nz', '']

/** A replica with an editor on it, as bindText keeps them equal; without a screen. */
class Writer {
  readonly doc = new Y.Doc()
  readonly text = this.doc.getText('content')
  readonly undo = ownUndoOf(this.text)
  state = EditorState.create({ doc: '', extensions: EditorState.lineSeparator.of('\n') })

  constructor (client: number) {
    this.doc.clientID = client
    this.text.observe(event => {
      if (event.transaction.origin === writtenHere) return
      const changes = changesOf(event, this.state.doc)
      if (!this.text.toString().includes('\ufffd')) expect(changes).toEqual(changesByDelta(event))
      this.state = this.state.update({ changes: changes! }).state
    })
  }

  /** Several places at once, as with several cursors, or when all of something is replaced. */
  write (random: (bound: number) => number): void {
    const places = Array.from({ length: 1 + random(3) }, () => this.whole(random(this.state.doc.length + 1))).sort((a, b) => a - b)
    const changes = places.map((from, i) => {
      const end = places[i + 1] ?? this.state.doc.length
      const to = random(2) === 0 ? from : this.whole(from + random(Math.min(end - from, 9) + 1))
      return { from, to: Math.max(from, to), insert: words[random(words.length)]! }
    })
    const transaction = this.state.update({ changes })
    this.state = transaction.state
    writeChanges(this.text, transaction.changes, writtenHere)
  }

  /** Before the character that `offset` is within: no editor cuts one in two. */
  private whole (offset: number): number {
    return /[\ud800-\udbff]/.test(this.state.doc.sliceString(Math.max(0, offset - 1), offset)) ? offset - 1 : offset
  }

  get shown (): string { return this.state.doc.sliceString(0, undefined, '\n') }
}

/** What Yjs itself says. */
function changesByDelta (event: Y.YTextEvent): object[] {
  const changes: { from: number, to: number, insert: string }[] = []
  let offset = 0
  let isOpen = false
  for (const { retain, insert, delete: removed } of event.delta) {
    if (retain !== undefined) {
      offset += retain
      isOpen = false
      continue
    }
    if (!isOpen) changes.push({ from: offset, to: offset, insert: '' })
    isOpen = true
    const change = changes.at(-1)!
    change.insert += typeof insert === 'string' ? insert : ''
    change.to += removed ?? 0
    offset += removed ?? 0
  }
  return changes
}

/** Everything that one has and the other has not, as one change, as session/incoming.ts does it. */
function bring (from: Writer, to: Writer): void {
  const update = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc))
  Y.transact(to.doc, () => { Y.applyUpdate(to.doc, update) }, 'elsewhere', false)
}

test('editors show what is in the text, whoever writes, and undo is of my own', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomFrom(seed)
    const writers = [new Writer(1), new Writer(2), new Writer(3)]
    const pick = (): Writer => writers[random(writers.length)]!
    for (let step = 0; step < 120; step++) {
      const writer = pick()
      switch (random(8)) {
        case 0: writer.undo.undo(); break
        case 1: writer.undo.redo(); break
        case 2: writer.undo.stopCapturing(); break
        case 3: case 4: bring(pick(), writer); break
        default: writer.write(random)
      }
      expect(writer.shown, `seed ${seed}, step ${step}`).toBe(writer.text.toString())
    }
    for (const a of writers) for (const b of writers) bring(a, b)
    for (const a of writers) for (const b of writers) bring(a, b)
    for (const { shown, text } of writers) {
      expect(shown, `seed ${seed}`).toBe(writers[0]!.shown)
      expect(shown, `seed ${seed}`).toBe(text.toString())
    }
  }
})

test('undo takes back what was written here, and nothing of the others', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomFrom(seed)
    const [me, other] = [new Writer(1), new Writer(2)]
    const alone = new Writer(2)
    for (let step = 0; step < 40; step++) {
      if (random(2) === 0) {
        me.write(random)
      } else {
        // In a place of their own, at the end of what they wrote, the others are never in each other's way.
        const word = `<${step}>`
        other.text.insert(other.text.length, word)
        alone.text.insert(alone.text.length, word)
      }
      bring(other, me)
    }
    while (me.undo.undoStack.length > 0) me.undo.undo()
    // Some of theirs may have been removed here, and is back; nothing of mine is left.
    expect(me.shown, `seed ${seed}`).toBe(alone.shown)
    expect(me.shown).toBe(me.text.toString())
  }
})

test('a character that somebody elsewhere cut in two is shown as the text has it', () => {
  const [me, other] = [new Writer(1), new Writer(2)]
  other.text.insert(0, 'a𝄞b𝄞c')
  bring(other, me)
  other.text.insert(2, 'x')
  other.text.delete(6, 1)
  bring(other, me)
  expect(me.text.toString()).toBe('a\ufffdx\ufffdb\ufffdc')
  expect(me.shown).toBe(me.text.toString())
})

test('an object in the text is no change of text', () => {
  const writer = new Writer(1)
  writer.write(() => 0)
  const seen: unknown[] = []
  const doc = new Y.Doc()
  const text = doc.getText('content')
  text.observe(event => { seen.push(changesOf(event, Text.empty)) })
  const other = new Y.Doc()
  other.getText('content').insert(0, 'abc', { bold: true })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  other.getText('content').insertEmbed(1, { image: 'x' })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect(seen).toEqual([[{ from: 0, to: 0, insert: 'abc' }], null])
})
