// Runs document scripts (cowrite-script's language) on real Yjs. Every step returns the lines that
// cowrite-script must print for it.
//
// Two habits of Yjs are switched off here, because Cowrite leaves them out on purpose (README.md,
// "What is compared"): deleting formats after a remote transaction, and deleting them while an
// event's delta is read.
import * as Y from 'yjs'

const base64 = bytes => Buffer.from(bytes).toString('base64')
const fromBase64 = text => new Uint8Array(Buffer.from(text, 'base64'))
const isObject = value => value !== null && typeof value === 'object'
const mapEntries = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
const sorted = object => Object.fromEntries(Object.keys(object).sort().map(key => [key, object[key]]))

// ------------------------------------------------------------------ values

const tagged = {
  $map: entries => {
    const map = new Y.Map()
    for (const [key, value] of Object.entries(entries)) map.set(key, toValue(value))
    return map
  },
  $array: values => Y.Array.from(values.map(toValue)),
  $text: text => new Y.Text(text),
  $bytes: fromBase64,
  $undefined: () => undefined,
  $bigint: digits => BigInt(digits)
}

/** The value that a step's JSON stands for. */
export function toValue (json) {
  if (!isObject(json)) return json
  if (Array.isArray(json)) return json.map(toValue)
  const tag = Object.keys(tagged).find(key => key in json)
  return tag === undefined ? mapEntries(json, toValue) : tagged[tag](json[tag])
}

/** The JSON that stands for a value of a document; nested types are resolved. */
export function toJson (value) {
  if (value === undefined) return { $undefined: true }
  if (typeof value === 'bigint') return { $bigint: String(value) }
  if (!isObject(value)) return value
  if (value instanceof Uint8Array) return { $bytes: base64(value) }
  if (value instanceof Y.Text) return deltaJson(value.toDelta())
  if (value instanceof Y.Array) return value.toArray().map(toJson)
  if (value instanceof Y.Map) {
    return sorted(Object.fromEntries([...value.keys()].map(key => [key, toJson(value.get(key))])))
  }
  return Array.isArray(value) ? value.map(toJson) : mapEntries(value, toJson)
}

function deltaJson (delta) {
  return delta.map(({ attributes, ...op }) => {
    if (isObject(op.insert)) op.insert = toJson(op.insert)
    return attributes === undefined ? op : { ...op, attributes: sorted(attributes) }
  })
}

// ------------------------------------------------------------------ events without side effects

/** Reads the delta of a text event as Yjs computes it, but lets it delete nothing. */
function readDelta (event) {
  const original = Y.Item.prototype.delete
  Y.Item.prototype.delete = () => {}
  try {
    return event.delta
  } finally {
    Y.Item.prototype.delete = original
  }
}

function eventJson (target, event) {
  const path = event.path
  if (!(target instanceof Y.Map)) return { path, delta: deltaJson(readDelta(event)) }
  const keys = [...event.changes.keys].map(([key, { action, oldValue }]) =>
    [key, { action, oldValue: toJson(oldValue) }])
  return { path, keys: sorted(Object.fromEntries(keys)) }
}

// ------------------------------------------------------------------ replicas

/**
 * Whether an item stands behind what it says it stands before. Undo in Yjs makes such items now and
 * then, and other replicas, Yjs or not, then put them somewhere else.
 */
function isBehindItsRightOrigin (item) {
  if (item.rightOrigin === null || item.parentSub !== null) return false
  const { client, clock } = item.rightOrigin
  const isRightOrigin = ({ id, length }) =>
    id.client === client && id.clock <= clock && clock < id.clock + length
  for (let right = item.right; right !== null; right = right.right) {
    if (isRightOrigin(right)) return false
  }
  return true
}

class Replica {
  constructor (client, gc) {
    this.doc = new Y.Doc({ gc })
    this.doc.clientID = client
    this.client = client
    this.isMisplaced = false
    this.doc.on('afterTransaction', transaction => {
      transaction._needFormattingCleanup = false
      if (transaction.origin instanceof Y.UndoManager) {
        this.isMisplaced ||= this.#newItems(transaction).some(isBehindItsRightOrigin)
      }
    })
    this.kinds = new Map()
    this.undoManager = undefined
  }

  /** What this replica has written in the transaction. */
  #newItems ({ beforeState }) {
    const structs = this.doc.store.clients.get(this.client) ?? []
    const before = beforeState.get(this.client) ?? 0
    return structs.filter(struct => struct.id.clock >= before && struct instanceof Y.Item)
  }

  /** The root `name`; its kind is the one of the first step that named it. */
  root (name, kind) {
    if (!this.kinds.has(name)) {
      if (kind === undefined) throw new Error(`the kind of root ${name} is not known yet`)
      this.kinds.set(name, kind)
    }
    const known = this.kinds.get(name)
    if (known === 'text') return this.doc.getText(name)
    if (known === 'array') return this.doc.getArray(name)
    if (known === 'map') return this.doc.getMap(name)
    throw new Error(`${known} is not supported`)
  }

  /** The type at `path`; `kind` is the root's when the path is just its name. */
  resolve ([name, ...rest], kind) {
    const nestedKind = typeof rest[0] === 'number' ? 'array' : 'map'
    let type = this.root(name, rest.length === 0 ? kind : this.kinds.get(name) ?? nestedKind)
    for (const step of rest) type = type.get(step)
    if (!(type instanceof Y.AbstractType)) throw new Error('there is no shared type at this path')
    return type
  }
}

// ------------------------------------------------------------------ steps

const edits = {
  insert: ['text', (text, s) => s.attributes
    ? text.insert(s.at, s.text, s.attributes)
    : text.insert(s.at, s.text)],
  embed: ['text', (text, s) => s.attributes
    ? text.insertEmbed(s.at, s.value, s.attributes)
    : text.insertEmbed(s.at, s.value)],
  delete: [undefined, (type, s) => type.delete(s.at, s.length)],
  format: ['text', (text, s) => text.format(s.at, s.length, s.attributes)],
  delta: ['text', (text, s) => text.applyDelta(s.delta)],
  push: ['array', (array, s) => array.insert(s.at, s.values.map(toValue))],
  set: ['map', (map, s) => map.set(s.key, toValue(s.value))],
  unset: ['map', (map, s) => map.delete(s.key)]
}

/** Yjs has made a document that no other replica has: nothing after it can be compared. */
export class Misplaced extends Error {}

export class Runner {
  constructor () {
    this.replicas = new Map()
    this.positions = new Map()
    this.output = []
  }

  /** Runs one step (an object) and returns what it prints, as objects. Throws if it is refused. */
  run (step) {
    this.output = []
    this.#run(step)
    for (const { doc, client, isMisplaced } of this.replicas.values()) {
      if (isMisplaced) throw new Misplaced('Yjs puts an item where no other replica does')
      // What Yjs draws next is random, so nothing after it could be compared.
      if (doc.clientID !== client) throw new Error('two documents have written with one client id')
    }
    return this.output
  }

  replica (number) {
    const replica = this.replicas.get(number)
    if (replica === undefined) throw new Error(`there is no document ${number}`)
    return replica
  }

  #run (step) {
    if (step.do in edits) {
      const [kind, edit] = edits[step.do]
      return edit(this.replica(step.doc).resolve(step.path, step.kind ?? kind), step)
    }
    if (!Runner.#steps[step.do]) throw new Error(`unknown step ${step.do}`)
    Runner.#steps[step.do].call(this, step)
  }

  #print (replica, step) {
    const roots = {}
    const length = {}
    for (const [name, kind] of Object.entries(step.roots)) {
      const type = replica.root(name, kind)
      roots[name] = toJson(type)
      length[name] = type instanceof Y.Map ? type.size : type.length
    }
    const { doc } = replica
    this.output.push({
      doc: step.doc,
      roots,
      length,
      stateVector: base64(Y.encodeStateVector(doc)),
      update: base64(Y.encodeStateAsUpdate(doc)),
      pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null
    })
  }

  static #steps = {
    doc (s) { this.replicas.set(s.doc, new Replica(s.client, s.gc ?? true)) },
    transact (s) {
      const inner = () => s.steps.forEach(step => this.#run({ doc: s.doc, ...step }))
      this.replica(s.doc).doc.transact(inner, s.origin ?? null)
    },
    sync (s) {
      const [from, to] = [this.replica(s.from).doc, this.replica(s.to).doc]
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'sync')
    },
    apply (s) { Y.applyUpdate(this.replica(s.doc).doc, fromBase64(s.update), s.origin ?? 'apply') },
    track (s) {
      const replica = this.replica(s.doc)
      replica.undoManager = new Y.UndoManager(
        s.paths.map(path => replica.resolve(path, s.kind ?? 'text')),
        { captureTimeout: s.captureTimeout ?? 500, trackedOrigins: new Set(s.origins ?? [null]) })
    },
    undo (s) { this.replica(s.doc).undoManager.undo() },
    redo (s) { this.replica(s.doc).undoManager.redo() },
    stopCapturing (s) { this.replica(s.doc).undoManager.stopCapturing() },
    position (s) {
      const type = this.replica(s.doc).resolve(s.path, s.kind ?? 'text')
      this.positions.set(s.name, Y.createRelativePositionFromTypeIndex(type, s.at, s.assoc ?? 0))
    },
    resolve (s) {
      const position = this.positions.get(s.name)
      if (position === undefined) throw new Error(`there is no position ${s.name}`)
      const found = Y.createAbsolutePositionFromRelativePosition(position, this.replica(s.doc).doc)
      this.output.push({ index: found?.index ?? null })
    },
    events (s) {
      const type = this.replica(s.doc).resolve(s.path, s.kind ?? 'text')
      type.observe(event => this.output.push({ event: eventJson(type, event) }))
    },
    print (s) { this.#print(this.replica(s.doc), s) }
  }
}
