// Makes random document scripts: 2 to 6 replicas that write, undo, and exchange updates in any order.
// A script is made by running it on real Yjs while it grows, so every position in it is valid.
// The same seed gives the same script on every machine.
import * as Y from 'yjs'
import { Misplaced, Runner } from './yjs_runner.mjs'

const roots = { content: 'text', plain: 'text', rows: 'array', meta: 'map' }
const words = ['a', 'bc', 'def ', '\n', 'über', '漢字', '😀', 'x😀y', '𝄞𝄞', '1\t2', '"\\']
const keys = ['k', 'title', '0', 'ü', '']

/** Mulberry32: small, and exact in JavaScript's 32-bit integers. */
class Random {
  constructor (seed) { this.state = seed >>> 0 }

  next () {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let x = this.state
    x = Math.imul(x ^ (x >>> 15), x | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return (x ^ (x >>> 14)) >>> 0
  }

  below (n) { return this.next() % n }
  between (low, high) { return low + this.below(high - low + 1) }
  chance (percent) { return this.below(100) < percent }
  pick (list) { return list[this.below(list.length)] }

  /** One of the entries [weight, value]. */
  weighted (entries) {
    let left = this.below(entries.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, value] of entries) {
      if (left < weight) return value
      left -= weight
    }
  }
}

class Generator {
  constructor (seed, stepCount) {
    this.random = new Random(seed)
    this.stepCount = stepCount
    this.runner = new Runner()
    this.steps = []
    this.updates = []
    this.positionNames = []
    this.recording = undefined
  }

  generate () {
    try {
      this.#setUp()
      while (this.steps.length < this.stepCount - this.replicaCount * 3) this.#step()
      this.#tearDown()
    } catch (error) {
      // Rare, and the script is good up to the step before.
      if (!(error instanceof Misplaced)) throw error
    }
    return this.steps
  }

  /** Runs a step and keeps it, in the transaction that is being recorded if there is one. */
  #add (step) {
    this.runner.run(step)
    const { doc, ...inner } = step
    if (this.recording) this.recording.push(inner)
    else this.steps.push(step)
  }

  #setUp () {
    const { random } = this
    this.replicaCount = random.between(2, 6)
    for (let doc = 0; doc < this.replicaCount; doc++) {
      // Neither sorted nor small, so that ties are decided both ways and ids take several bytes.
      const client = ((doc * 7919 + random.below(5000)) % 40000) * 8 + doc + 1
      this.#add({ do: 'doc', doc, client, gc: random.chance(70) })
      this.runner.replica(doc).doc.on('update', update => this.updates.push(update))
      this.#add({ do: 'print', doc, roots })
      for (const [name, kind] of Object.entries(roots)) {
        if (random.chance(30)) this.#add({ do: 'events', doc, path: [name], kind })
      }
      if (random.chance(60)) {
        const paths = Object.keys(roots).filter(() => random.chance(70)).map(name => [name])
        this.#add({
          do: 'track',
          doc,
          paths: paths.length > 0 ? paths : [['content']],
          captureTimeout: random.pick([0, 1e9]),
          origins: random.pick([[null], [null, 'mine'], ['mine']])
        })
      }
    }
  }

  #tearDown () {
    // Everybody hears of everything through the first replica.
    for (let doc = 1; doc < this.replicaCount; doc++) this.#add({ do: 'sync', from: doc, to: 0 })
    for (let doc = 1; doc < this.replicaCount; doc++) this.#add({ do: 'sync', from: 0, to: doc })
    for (let doc = 0; doc < this.replicaCount; doc++) this.#add({ do: 'print', doc, roots })
  }

  #step () {
    const { random } = this
    const doc = random.below(this.replicaCount)
    const undoManager = this.runner.replica(doc).undoManager
    random.weighted([
      [60, () => this.#edit(doc)],
      [8, () => this.#transaction(doc)],
      [10, () => this.#sync()],
      [8, () => this.#apply(doc)],
      [undoManager ? 9 : 0, () => this.#add({ do: random.pick(['undo', 'undo', 'redo']), doc })],
      [undoManager ? 2 : 0, () => this.#add({ do: 'stopCapturing', doc })],
      [3, () => this.#position(doc)],
      [this.positionNames.length > 0 ? 4 : 0,
        () => this.#add({ do: 'resolve', doc, name: random.pick(this.positionNames) })],
      [2, () => this.#add({ do: 'print', doc, roots })]
    ])()
  }

  #transaction (doc) {
    const origin = this.random.pick([null, 'mine', 'other'])
    this.recording = []
    this.runner.replica(doc).doc.transact(() => {
      for (let n = this.random.between(1, 4); n > 0; n--) this.#edit(doc)
    }, origin)
    const steps = this.recording
    this.recording = undefined
    if (steps.length > 0) this.steps.push({ do: 'transact', doc, origin, steps })
  }

  #sync () {
    const from = this.random.below(this.replicaCount)
    const to = (from + this.random.between(1, this.replicaCount - 1)) % this.replicaCount
    this.#add({ do: 'sync', from, to })
  }

  /** One of the update messages so far: perhaps too early, perhaps for the second time. */
  #apply (doc) {
    if (this.updates.length === 0) return
    const recent = Math.max(0, this.updates.length - 20)
    const update = this.updates[this.random.between(recent, this.updates.length - 1)]
    this.#add({ do: 'apply', doc, update: Buffer.from(update).toString('base64'), origin: 'net' })
  }

  #position (doc) {
    const path = this.random.pick(this.#types(doc).filter(({ type }) => !(type instanceof Y.Map))).path
    const { length } = this.runner.replica(doc).resolve(path)
    const name = `p${this.positionNames.length}`
    this.positionNames.push(name)
    const assoc = this.random.pick([0, 0, -1])
    this.#add({ do: 'position', doc, path, at: this.random.between(0, length), assoc, name })
  }

  /** The types of a document that edits may go to, with their paths; roots come several times. */
  #types (doc) {
    const replica = this.runner.replica(doc)
    const found = Object.keys(roots).map(name => ({ path: [name], type: replica.root(name) }))
    for (let i = 0; i < found.length && found.length < 40; i++) {
      const { path, type } = found[i]
      const cells = type instanceof Y.Map
        ? [...type.entries()]
        : type instanceof Y.Array ? [...type.toArray().entries()] : []
      for (const [step, value] of cells) {
        if (value instanceof Y.AbstractType) found.push({ path: [...path, step], type: value })
      }
    }
    return [...found.slice(0, 4), ...found.slice(0, 4), ...found]
  }

  #edit (doc) {
    const { path, type } = this.random.pick(this.#types(doc))
    if (type instanceof Y.Text) this.#editText(doc, path, type.length)
    else if (type instanceof Y.Array) this.#editArray(doc, path, type.length)
    else this.#editMap(doc, path, type)
  }

  // ---------------------------------------------------------------- text

  #editText (doc, path, length) {
    const { random } = this
    const formatted = path[0] !== 'plain'
    const at = random.between(0, length)
    const rest = length - at
    const kind = random.weighted([
      [40, 'insert'], [rest > 0 ? 22 : 0, 'delete'],
      [formatted && length > 0 ? 16 : 0, 'format'], [formatted ? 5 : 0, 'embed'],
      [formatted ? 7 : 0, 'delta']
    ])
    const step = { do: kind, doc, path, at }
    if (kind === 'insert') step.text = this.#text()
    if (kind === 'embed') step.value = random.pick([{ image: 'a.png' }, { formula: 'e=mc²', n: 1.5 }])
    if (formatted && (kind === 'insert' || kind === 'embed') && random.chance(35)) {
      step.attributes = this.#attributes()
    }
    if (kind === 'delete') step.length = random.between(1, Math.min(rest, 6))
    if (kind === 'format') {
      step.length = random.between(1, 8)
      step.attributes = this.#attributes()
    }
    if (kind === 'delta') {
      this.#add({ do: 'delta', doc, path, delta: this.#delta(length) })
    } else {
      this.#add(step)
    }
  }

  #text () {
    return Array.from({ length: this.random.between(1, 3) }, () => this.random.pick(words)).join('')
  }

  #attributes () {
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
    const ops = []
    let rest = length
    for (let n = random.between(1, 4); n > 0; n--) {
      const attributes = random.chance(40) ? { attributes: this.#attributes() } : {}
      const count = random.between(1, Math.max(1, Math.min(rest, 5)))
      const kind = random.pick(rest > 0 ? ['insert', 'embed', 'retain', 'retain', 'delete'] : ['insert'])
      if (kind === 'insert') ops.push({ insert: this.#text(), ...attributes })
      if (kind === 'embed') ops.push({ insert: { image: 'b.png' }, ...attributes })
      if (kind === 'retain') ops.push({ retain: count, ...attributes })
      if (kind === 'delete') ops.push({ delete: count })
      if (kind === 'retain' || kind === 'delete') rest -= count
    }
    return ops
  }

  // ---------------------------------------------------------------- lists and maps

  #editArray (doc, path, length) {
    const { random } = this
    const at = random.between(0, length)
    if (at < length && random.chance(40)) {
      this.#add({ do: 'delete', doc, path, at, length: random.between(1, Math.min(length - at, 3)) })
      return
    }
    const values = Array.from({ length: random.between(1, 3) }, () => this.#value(path.length))
    this.#add({ do: 'push', doc, path, at, values })
  }

  #editMap (doc, path, map) {
    const { random } = this
    const key = random.pick(keys)
    if (map.has(key) && random.chance(35)) {
      this.#add({ do: 'unset', doc, path, key })
      return
    }
    const rare = [{ $undefined: true }, { $bigint: '-9007199254740993' }]
    const value = random.chance(5) ? random.pick(rare) : this.#value(path.length)
    this.#add({ do: 'set', doc, path, key, value })
  }

  #value (depth) {
    const { random } = this
    const plain = [
      null, true, false, 0, -1, 63, -64, 1.5, 0.1, 2147483647, 2147483648, -2147483649, 1e21, '', 'text',
      '😀', [], [1, 'two', null], {}, { b: 1, a: [true], 7: 'seven' }, { $bytes: 'AAH/' }
    ]
    if (depth >= 4 || random.chance(65)) return random.pick(plain)
    return random.pick([
      () => ({ $text: this.#text() }),
      () => ({ $text: '' }),
      () => ({ $array: [random.pick(plain), random.pick(plain)] }),
      () => ({ $map: { title: { $text: this.#text() }, done: random.chance(50), n: { $array: [] } } }),
      () => ({ $map: {} })
    ])()
  }
}

/** A script of about `stepCount` steps, as an array of step objects. */
export function generate (seed, stepCount) {
  return new Generator(seed, stepCount).generate()
}
