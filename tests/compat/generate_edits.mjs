// Random edits: a step that changes one shared type, which fits the type as it is now.
import * as Y from 'yjs'

const words = ['a', 'bc', 'def ', '\n', 'über', '漢字', '😀', 'x😀y', '𝄞𝄞', '1\t2', '"\\']
const keys = ['k', 'title', '0', 'ü', '']
/** What peers shall know of a subdocument. */
const subdocOptions = [{}, {}, { autoLoad: true }, { gc: false }, { gc: false, autoLoad: true, meta: { a: [1] } }]
const nodeNames = ['p', 'DIV', 'h1', 'ü-x']
const plainValues = [
  null, true, false, 0, -1, 63, -64, 1.5, 0.1, 2147483647, 2147483648, -2147483649, 1e21, '', 'text',
  '😀', [], [1, 'two', null], {}, { b: 1, a: [true], 7: 'seven' }, { $bytes: 'AAH/' }
]
/** Values that Yjs takes in maps and attributes, but not in lists. */
const mapOnlyValues = [{ $undefined: true }, { $bigint: '-9007199254740993' }]
/** Nested types deeper than this are not made. */
const maxDepth = 4

const isXmlList = type => type instanceof Y.XmlFragment
export const isText = type => type instanceof Y.Text
const hasAttributes = type => type.getAttributes !== undefined

/** What is in `type`: [key or index, value]. */
function cellsOf (type) {
  const cells = []
  if (type instanceof Y.Map) cells.push(...type.entries())
  if (type instanceof Y.Array || isXmlList(type)) cells.push(...type.toArray().entries())
  if (hasAttributes(type)) cells.push(...Object.entries(type.getAttributes()))
  return cells
}

/** The types within `type`: [key or index, nested type]. */
export const nestedTypes = type => cellsOf(type).filter(([, value]) => value instanceof Y.AbstractType)

/** The subdocuments in `type`: [key or index, document]. */
export const subdocsIn = type => cellsOf(type).filter(([, value]) => value instanceof Y.Doc)

/** Makes edits from the numbers of `random`. Each is a step without its document. */
export class EditMaker {
  constructor (random) { this.random = random }

  /** An edit of `type`, which is at `path`; without formats in roots named `plain`. */
  edit (path, type) {
    if (hasAttributes(type) && this.random.chance(type instanceof Y.XmlElement ? 35 : 6)) {
      return this.#attributeEdit(path, type)
    }
    if (isText(type)) return this.#textEdit(path, type.length)
    if (isXmlList(type)) return this.#xmlEdit(path, type.length)
    if (type instanceof Y.Array) return this.#arrayEdit(path, type.length)
    return this.#mapEdit(path, type)
  }

  // ---------------------------------------------------------------- text

  #textEdit (path, length) {
    const { random } = this
    const formatted = path[0] !== 'plain'
    const at = random.between(0, length)
    const rest = length - at
    const kind = random.weighted([
      [40, 'insert'], [rest > 0 ? 22 : 0, 'delete'],
      [formatted && length > 0 ? 16 : 0, 'format'], [formatted ? 5 : 0, 'embed'],
      [formatted ? 7 : 0, 'delta']
    ])
    if (kind === 'delta') {
      const sanitize = random.chance(20) ? { sanitize: false } : {}
      return { do: 'delta', path, delta: this.#delta(length), ...sanitize }
    }
    const step = { do: kind, path, at }
    if (kind === 'insert') step.text = this.#text()
    if (kind === 'embed') step.value = random.pick([{ image: 'a.png' }, { formula: 'e=mc²', n: 1.5 }])
    if (formatted && (kind === 'insert' || kind === 'embed') && random.chance(35)) {
      step.attributes = this.#formats()
    }
    if (kind === 'delete') step.length = random.between(1, Math.min(rest, 6))
    if (kind === 'format') {
      step.length = random.between(1, 8)
      step.attributes = this.#formats()
    }
    return step
  }

  #text () { return this.random.list(1, 3, () => this.random.pick(words)).join('') }

  #formats () {
    const { random } = this
    const values = {
      bold: () => random.pick([true, null]),
      color: () => random.pick(['red', 'blue', null]),
      link: () => random.pick([{ href: 'x' }, { href: 'x', n: 1 }, null])
    }
    const names = Object.keys(values).filter(() => random.chance(45))
    return Object.fromEntries(names.map(name => [name, values[name]()]))
  }

  #delta (length) {
    const { random } = this
    let rest = length
    return random.list(1, 4, () => {
      const attributes = random.chance(40) ? { attributes: this.#formats() } : {}
      const count = random.between(1, Math.max(1, Math.min(rest, 5)))
      const kind = random.pick(rest > 0 ? ['insert', 'embed', 'retain', 'retain', 'delete'] : ['insert'])
      if (kind === 'insert') return { insert: this.#text(), ...attributes }
      if (kind === 'embed') return { insert: { image: 'b.png' }, ...attributes }
      rest -= count
      return kind === 'retain' ? { retain: count, ...attributes } : { delete: count }
    })
  }

  // ---------------------------------------------------------------- lists, maps and attributes

  #deletion (path, at, length) {
    return { do: 'delete', path, at, length: this.random.between(1, Math.min(length - at, 3)) }
  }

  #arrayEdit (path, length) {
    const { random } = this
    const at = random.between(0, length)
    if (at < length && random.chance(40)) return this.#deletion(path, at, length)
    return { do: 'push', path, at, values: random.list(1, 3, () => this.#value(path.length)) }
  }

  #mapEdit (path, map) {
    const { random } = this
    const key = random.pick(keys)
    if (map.has(key) && random.chance(35)) return { do: 'unset', path, key }
    const value = random.chance(5) ? random.pick(mapOnlyValues) : this.#value(path.length)
    return { do: 'set', path, key, value }
  }

  #attributeEdit (path, type) {
    const { random } = this
    const key = random.pick(keys)
    if (type.getAttribute(key) !== undefined && random.chance(35)) return { do: 'unset', path, key }
    const value = random.chance(70) ? this.#text() : this.#value(path.length)
    return { do: 'set', path, key, value }
  }

  #value (depth) {
    const { random } = this
    if (depth >= maxDepth || random.chance(65)) return random.pick(plainValues)
    return random.pick([
      () => ({ $text: this.#text() }),
      () => ({ $text: '' }),
      () => ({ $array: [random.pick(plainValues), random.pick(plainValues)] }),
      () => ({ $map: { title: { $text: this.#text() }, done: random.chance(50), n: { $array: [] } } }),
      () => ({ $map: {} }),
      () => ({ $doc: { guid: random.pick(words), options: random.pick(subdocOptions) } }),
      () => ({ $xml: random.list(0, 2, () => this.#node(depth + 1)) })
    ])()
  }

  // ---------------------------------------------------------------- XML

  #xmlEdit (path, length) {
    const { random } = this
    const at = random.between(0, length)
    if (at < length && random.chance(35)) return this.#deletion(path, at, length)
    return { do: 'xml', path, at, nodes: random.list(1, 2, () => this.#node(path.length)) }
  }

  #node (depth) {
    const { random } = this
    if (depth >= maxDepth || random.chance(45)) return { text: random.chance(85) ? this.#text() : '' }
    const node = { element: random.pick(nodeNames) }
    if (random.chance(50)) {
      node.attributes = Object.fromEntries(random.list(0, 2, () =>
        [random.pick(keys), random.chance(80) ? this.#text() : random.pick([7, null, true, [1], { a: 1 }])]))
    }
    if (random.chance(60)) node.children = random.list(0, 2, () => this.#node(depth + 1))
    return node
  }
}
