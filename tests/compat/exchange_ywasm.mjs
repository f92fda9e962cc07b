// Exchanges documents with ywasm, which is yrs, in both directions and formats: what one wrote the
// other must read, and what both write must become the same for both (yjs-compat.md 9.3). yrs orders
// the keys of objects anew in every run, so values are compared and not bytes.
// usage: node exchange_ywasm.mjs PROGRAM
import assert from 'node:assert/strict'
import { runProgram, say } from './comparison.mjs'
import { base64, fromBase64, sorted } from './yjs_values.mjs'
import * as W from 'ywasm'

const program = process.argv[2]
const roots = { content: 'text', rows: 'array', meta: 'map', tree: 'xml' }
const formats = ['v1', 'v2']
const wasm = {
  v1: { apply: W.applyUpdate, encode: W.encodeStateAsUpdate },
  v2: { apply: W.applyUpdateV2, encode: W.encodeStateAsUpdateV2 }
}

/** Beyond 32 bits, where yrs writes integers and Yjs floating point (yjs-compat.md 1.3). */
const numbers = [0, -1, 63.5, 2147483647, 2147483648, -2147483649, 4294967296, 9007199254740991, 0.1]
const object = { z: 1, a: [true, null, 'x'], m: { q: -2147483650, p: '😀' }, k: 7 }

const print = doc => ({ do: 'print', doc, roots })

/** What the steps print, as objects. */
function run (...steps) {
  const lines = runProgram(program, steps)
  assert.doesNotMatch(lines.join('\n'), /^exit status/m)
  return lines.map(line => JSON.parse(line))
}

const toJson = value => {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Map) return toJson(Object.fromEntries(value))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]))
}

/** Nested text, which ywasm gives as a string. */
const isPlainText = value => Array.isArray(value) && value.length > 0 &&
  value.every(op => typeof op?.insert === 'string' && op.attributes === undefined)

/** What cowrite-script prints, with nested texts as strings and bytes as numbers, as ywasm has them. */
function asInYwasm (value) {
  if (isPlainText(value)) return value.map(op => op.insert).join('')
  if (Array.isArray(value)) return value.map(asInYwasm)
  if (value === null || typeof value !== 'object') return value
  if ('$bytes' in value) return [...fromBase64(value.$bytes)]
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asInYwasm(inner)]))
}

/** The roots of a printed document, as rootsOf() gives them. */
const printedRoots = ({ roots: { rows, meta, ...others } }) =>
  ({ ...others, rows: asInYwasm(rows), meta: asInYwasm(meta) })

/** The roots of a document of ywasm, as cowrite-script prints them. */
function rootsOf (doc) {
  const delta = doc.getText('content').toDelta()
  return {
    content: delta.map(({ insert, attributes }) =>
      attributes ? { insert: toJson(insert), attributes: sorted(attributes) } : { insert: toJson(insert) }),
    rows: toJson(doc.getArray('rows').toJson()),
    meta: toJson(doc.getMap('meta').toJson()),
    tree: doc.getXmlFragment('tree').toString()
  }
}

const wasmDocument = clientID => new W.YDoc({ clientID, offsetKind: 'utf16', gc: true })

function write (doc) {
  const content = doc.getText('content')
  content.insert(0, 'plain bold 😀 end')
  content.format(6, 4, { bold: true, link: { href: 'x' } })
  content.insertEmbed(3, { image: 'a.png', width: 4294967296 })
  content.delete(0, 2)
  doc.getArray('rows').insert(0, [...numbers, 'text', object, null])
  doc.getArray('rows').delete(1, 1)
  const meta = doc.getMap('meta')
  for (const [i, number] of numbers.entries()) meta.set(`n${i}`, number)
  meta.set('object', object)
  meta.set('nested', new W.YMap({ list: new W.YArray([1, 'two']), text: new W.YText('inner') }))
  meta.set('gone', 1)
  meta.delete('gone')
  const tree = doc.getXmlFragment('tree')
  const element = new W.YXmlElement('p', { a: '1' }, [new W.YXmlText('hi')])
  tree.insert(0, element)
  tree.push(new W.YXmlText('after'))
}

/** `binaries`: yrs writes their length twice in V2, which nobody else can read. */
const ownSteps = binaries => [
  { do: 'doc', doc: 0, client: 77 },
  print(0),
  { do: 'insert', doc: 0, path: ['content'], at: 0, text: 'own 漢字 text' },
  { do: 'format', doc: 0, path: ['content'], at: 4, length: 2, attributes: { color: 'red', link: { href: 'x', n: 1 } } },
  { do: 'embed', doc: 0, path: ['content'], at: 2, value: { formula: 'e=mc²', n: 2147483648 } },
  { do: 'push', doc: 0, path: ['rows'], at: 0, values: [...numbers, object, { $text: 'cell' }, ...binaries] },
  { do: 'delete', doc: 0, path: ['rows'], at: 2, length: 2 },
  { do: 'set', doc: 0, path: ['meta'], key: 'big', value: 9007199254740991 },
  { do: 'set', doc: 0, path: ['meta'], key: 'nested', value: { $map: { list: { $array: [object] }, n: -0.5 } } },
  { do: 'xml', doc: 0, path: ['tree'], at: 0, nodes: [{ element: 'div', attributes: { id: '7' }, children: [{ text: 'z' }] }, { text: 'tail' }] }
]

for (const format of formats) {
  const own = ownSteps(format === 'v1' ? [{ $bytes: 'AAH/' }] : [])
  // What yrs wrote: read, and given back without loss.
  const theirs = wasmDocument(5)
  write(theirs)
  const apply = (doc, update) => ({ do: 'apply', doc, format, update: base64(update) })
  const begin = [{ do: 'doc', doc: 0, client: 77 }, print(0)]
  const [, read] = run(...begin, apply(0, wasm[format].encode(theirs)), print(0))
  assert.deepEqual(printedRoots(read), rootsOf(theirs), `what ywasm wrote, ${format}`)
  assert.equal(read.pending, false)
  const back = wasmDocument(6)
  wasm[format].apply(back, fromBase64(format === 'v1' ? read.update : read.updateV2), 'net')
  assert.deepEqual(rootsOf(back), rootsOf(theirs), `what ywasm wrote, given back, ${format}`)

  // What Cowrite wrote.
  const printed = run(...own, print(0)).at(-1)
  const reader = wasmDocument(8)
  wasm[format].apply(reader, fromBase64(format === 'v1' ? printed.update : printed.updateV2), 'net')
  assert.deepEqual(rootsOf(reader), printedRoots(printed), `what Cowrite wrote, ${format}`)

  // What both wrote at once, and then on top of each other.
  wasm[format].apply(theirs, fromBase64(format === 'v1' ? printed.update : printed.updateV2), 'net')
  theirs.getText('content').insert(5, 'on top')
  theirs.getMap('meta').set('big', 1)
  const merged = run(...own, apply(0, wasm[format].encode(theirs)),
    { do: 'insert', doc: 0, path: ['content'], at: 1, text: 'and again' }, print(0)).at(-1)
  wasm[format].apply(theirs, fromBase64(format === 'v1' ? merged.update : merged.updateV2), 'net')
  assert.deepEqual(rootsOf(theirs), printedRoots(merged), `what both wrote, ${format}`)
}
say('ywasm and Cowrite read each other in both formats')
