// A document of real Yjs as the scripts need it.
//
// Two habits of Yjs are switched off here, because Cowrite leaves them out on purpose (README.md,
// "What is compared"): deleting formats after a remote transaction, and deleting them while an
// event's delta is read.
import * as Y from 'yjs'
import { deltaJson, sorted, toJson } from './yjs_values.mjs'

/** Reads the delta of an event as Yjs computes it, but lets it delete nothing. */
function readDelta (event) {
  const original = Y.Item.prototype.delete
  Y.Item.prototype.delete = () => {}
  try {
    return event.delta
  } finally {
    Y.Item.prototype.delete = original
  }
}

/** What an observer of `target` prints. */
export function eventJson (target, event) {
  const path = event.path
  if (!(target instanceof Y.Map)) return { path, delta: deltaJson(readDelta(event)) }
  const keys = [...event.changes.keys].map(([key, { action, oldValue }]) =>
    [key, { action, oldValue: toJson(oldValue) }])
  return { path, keys: sorted(Object.fromEntries(keys)) }
}

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

const rootOfKind = {
  text: (doc, name) => doc.getText(name),
  array: (doc, name) => doc.getArray(name),
  map: (doc, name) => doc.getMap(name),
  xml: (doc, name) => doc.getXmlFragment(name)
}

/** What a step of a path leads to: a cell, an entry, or an attribute. */
const cellOf = (type, step) =>
  typeof step === 'string' && type.getAttribute ? type.getAttribute(step) : type.get(step)

export class Replica {
  /** Document `number`; without a `client` it draws one. */
  constructor (number, doc, client) {
    this.doc = doc
    this.nextDrawnId = 3e9 + number * 1000
    this.isMisplaced = false
    this.kinds = new Map()
    this.undoManager = undefined
    this.userData = undefined
    doc.clientID = client ?? this.nextDrawnId++
    this.client = doc.clientID
    doc.on('afterTransaction', transaction => {
      transaction._needFormattingCleanup = false
      if (transaction.origin instanceof Y.UndoManager) {
        this.isMisplaced ||= this.#newItems(transaction).some(isBehindItsRightOrigin)
      }
    })
    // Yjs draws a random id when an update carries content under its own one; both sides of a
    // comparison must draw the same.
    doc.on('afterTransactionCleanup', () => {
      if (doc.clientID !== this.client) this.client = doc.clientID = this.nextDrawnId++
    })
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
    return rootOfKind[this.kinds.get(name)](this.doc, name)
  }

  /**
   * Makes the roots of this document in another one. A text that Yjs knows only from an update when
   * somebody asks for it has forgotten that it holds formats, and then edits spoil them.
   */
  nameRootsIn (doc) {
    for (const [name, kind] of this.kinds) rootOfKind[kind](doc, name)
  }

  /**
   * Calls `print` with the guids that each event of subdocuments names. Yjs says twice that one was
   * removed, and of one that came and went in a transaction that it is to be loaded: that is left out.
   */
  observeSubdocs (print) {
    const gone = new WeakSet()
    this.doc.on('subdocs', event => {
      const guids = (name, counts) => [...event[name]].filter(counts).map(({ guid }) => guid)
      const subdocs = {
        added: guids('added', () => true),
        removed: guids('removed', doc => !gone.has(doc)),
        loaded: guids('loaded', doc => !doc._item.deleted)
      }
      event.removed.forEach(doc => gone.add(doc))
      if (Object.values(subdocs).some(list => list.length > 0)) print({ subdocs })
    })
  }

  /** The subdocument at `path`. */
  subdoc (path) {
    const last = path.at(-1)
    const type = this.resolve(path.slice(0, -1), typeof last === 'number' ? 'array' : 'map')
    const subdoc = cellOf(type, last)
    if (!(subdoc instanceof Y.Doc)) throw new Error('there is no subdocument at this path')
    return subdoc
  }

  /** The type at `path`; `kind` is the root's when the path is just its name. */
  resolve ([name, ...rest], kind) {
    const nestedKind = typeof rest[0] === 'number' ? 'array' : 'map'
    let type = this.root(name, rest.length === 0 ? kind : this.kinds.get(name) ?? nestedKind)
    for (const step of rest) {
      type = cellOf(type, step)
    }
    if (!(type instanceof Y.AbstractType)) throw new Error('there is no shared type at this path')
    return type
  }
}
