// Runs document scripts (cowrite-script's language) on real Yjs. Every step returns the lines that
// cowrite-script must print for it.
import * as Y from 'yjs'
import { Replica, eventJson } from './yjs_replica.mjs'
import { base64, deltaJson, fromBase64, sorted, toJson, toValue, toXmlNode } from './yjs_values.mjs'

/** The functions of Yjs that come in two formats; scripts say "v1" if they say nothing. */
const formats = {
  v1: {
    encodeState: Y.encodeStateAsUpdate,
    apply: Y.applyUpdate,
    merge: Y.mergeUpdates,
    diff: Y.diffUpdate,
    convert: Y.convertUpdateFormatV1ToV2,
    stateVector: Y.encodeStateVectorFromUpdate,
    meta: Y.parseUpdateMeta,
    contains: Y.snapshotContainsUpdate
  },
  v2: {
    encodeState: Y.encodeStateAsUpdateV2,
    apply: Y.applyUpdateV2,
    merge: Y.mergeUpdatesV2,
    diff: Y.diffUpdateV2,
    convert: Y.convertUpdateFormatV2ToV1,
    stateVector: Y.encodeStateVectorFromUpdateV2,
    meta: Y.parseUpdateMetaV2,
    contains: (snapshot, update) => Y.snapshotContainsUpdate(snapshot, Y.convertUpdateFormatV2ToV1(update))
  }
}
const formatOf = step => formats[step.format ?? 'v1']

/**
 * Applies an update and tries again whatever waits, but what is known by now. Where a struct waits
 * for a client whose own structs have a gap, Yjs remembers only the gap, and lets it wait when what
 * it needs is there; where its clocks came collected in the meantime, it waits for good.
 */
function applyEagerly (apply, doc, update, origin) {
  doc.store.pendingStructs?.missing.set(0, -1)
  apply(doc, update, origin)
  const waiting = doc.store.pendingStructs
  if (waiting === null) return
  waiting.update = Y.diffUpdateV2(waiting.update, Y.encodeStateVector(doc))
  if (Y.decodeUpdateV2(waiting.update).structs.length === 0) doc.store.pendingStructs = null
}

/** Runs `work` and then all that it wants to be run later: Yjs notes who deleted what in timeouts. */
function runWithTimeouts (work) {
  const { setTimeout } = globalThis
  const later = []
  globalThis.setTimeout = callback => { later.push(callback) }
  try {
    work()
    for (const callback of later) callback()
  } finally {
    globalThis.setTimeout = setTimeout
  }
}

const hasAttributes = type => type.setAttribute !== undefined

/** By the kind that an edit is for: whether a type is of it. Yjs itself would take some others. */
const isOfKind = {
  text: type => type instanceof Y.Text,
  array: type => type instanceof Y.Array,
  map: type => type instanceof Y.Map || hasAttributes(type),
  xml: type => type instanceof Y.XmlFragment,
  list: type => !(type instanceof Y.Map)
}

const edits = {
  insert: ['text', (text, s) => s.attributes
    ? text.insert(s.at, s.text, s.attributes)
    : text.insert(s.at, s.text)],
  embed: ['text', (text, s) => s.attributes
    ? text.insertEmbed(s.at, s.value, s.attributes)
    : text.insertEmbed(s.at, s.value)],
  delete: [undefined, (type, s) => type.delete(s.at, s.length)],
  format: ['text', (text, s) => text.format(s.at, s.length, s.attributes)],
  delta: ['text', (text, s) => text.applyDelta(s.delta, { sanitize: s.sanitize ?? true })],
  push: ['array', (array, s) => array.insert(s.at, s.values.map(toValue))],
  set: ['map', (type, s) => hasAttributes(type)
    ? type.setAttribute(s.key, toValue(s.value))
    : type.set(s.key, toValue(s.value))],
  unset: ['map', (type, s) => hasAttributes(type) ? type.removeAttribute(s.key) : type.delete(s.key)],
  xml: ['xml', (list, s) => list.insert(s.at, s.nodes.map(toXmlNode))]
}

/** Yjs has made a document that no other replica has: nothing after it can be compared. */
export class Misplaced extends Error {}

export class Runner {
  constructor () {
    this.replicas = new Map()
    this.positions = new Map()
    this.snapshots = new Map()
    this.output = []
  }

  /** Runs one step (an object) and returns what it prints, as objects. Throws if it is refused. */
  run (step) {
    this.output = []
    runWithTimeouts(() => this.#run(step))
    for (const { isMisplaced } of this.replicas.values()) {
      if (isMisplaced) throw new Misplaced('Yjs puts an item where no other replica does')
    }
    return this.output
  }

  replica (number) {
    const replica = this.replicas.get(number)
    if (replica === undefined) throw new Error(`there is no document ${number}`)
    return replica
  }

  snapshot (name) {
    const snapshot = this.snapshots.get(name)
    if (snapshot === undefined) throw new Error(`there is no snapshot ${name}`)
    return snapshot
  }

  #run (step) {
    if (step.do in edits) {
      const [kind, edit] = edits[step.do]
      const type = this.replica(step.doc).resolve(step.path, step.kind ?? kind)
      if (!isOfKind[kind ?? 'list'](type)) throw new Error('the type at this path is of another kind')
      return edit(type, step)
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
      updateV2: base64(Y.encodeStateAsUpdateV2(doc)),
      pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null
    })
  }

  static #steps = {
    doc (s) { this.replicas.set(s.doc, new Replica(s.doc, new Y.Doc({ gc: s.gc ?? true }), s.client)) },
    transact (s) {
      const inner = () => s.steps.forEach(step => this.#run({ doc: s.doc, ...step }))
      this.replica(s.doc).doc.transact(inner, s.origin ?? null)
    },
    sync (s) {
      const [from, to] = [this.replica(s.from).doc, this.replica(s.to).doc]
      const { encodeState, apply } = formatOf(s)
      applyEagerly(apply, to, encodeState(from, Y.encodeStateVector(to)), 'sync')
    },
    apply (s) {
      const { doc } = this.replica(s.doc)
      applyEagerly(formatOf(s).apply, doc, fromBase64(s.update), s.origin ?? 'apply')
    },
    track (s) {
      const replica = this.replica(s.doc)
      const scope = s.scope === 'document'
        ? replica.doc
        : s.paths.map(path => replica.resolve(path, s.kind ?? 'text'))
      replica.undoManager = new Y.UndoManager(scope, {
        captureTimeout: s.captureTimeout ?? 500,
        trackedOrigins: new Set(s.origins ?? [null]),
        ignoreRemoteMapChanges: s.ignoreRemoteMapChanges ?? false,
        captureTransaction: transaction => transaction.changed.size > 0
      })
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
    snapshot (s) { this.snapshots.set(s.name, Y.snapshot(this.replica(s.doc).doc)) },
    restore (s) {
      const source = this.replica(s.doc)
      const restored = new Replica(s.into, new Y.Doc())
      source.nameRootsIn(restored.doc)
      Y.createDocFromSnapshot(source.doc, this.snapshot(s.name), restored.doc)
      this.replicas.set(s.into, restored)
    },
    print (s) { this.#print(this.replica(s.doc), s) },

    // ------------------------------------------------ ours, beyond the common language (README.md)

    emitted (s) {
      const { doc } = this.replica(s.doc)
      let update
      doc.on('update', bytes => { update = base64(bytes) })
      doc.on('updateV2', bytes => this.output.push({ emitted: { update, updateV2: base64(bytes) } }))
    },
    merge (s) { this.output.push({ update: base64(formatOf(s).merge(s.updates.map(fromBase64))) }) },
    diff (s) {
      const bytes = formatOf(s).diff(fromBase64(s.update), fromBase64(s.stateVector))
      this.output.push({ update: base64(bytes) })
    },
    convert (s) { this.output.push({ update: base64(formatOf(s).convert(fromBase64(s.update))) }) },
    meta (s) {
      const { stateVector, meta } = formatOf(s)
      const update = fromBase64(s.update)
      const { from, to } = meta(update)
      const clocks = map => sorted(Object.fromEntries(map))
      this.output.push({ stateVector: base64(stateVector(update)), from: clocks(from), to: clocks(to) })
    },
    snapshotBytes (s) {
      const snapshot = this.snapshot(s.name)
      this.output.push({ v1: base64(Y.encodeSnapshot(snapshot)), v2: base64(Y.encodeSnapshotV2(snapshot)) })
    },
    contains (s) {
      const snapshot = this.snapshot(s.name)
      this.output.push({ contains: formatOf(s).contains(snapshot, fromBase64(s.update)) })
    },
    render (s) {
      const text = this.replica(s.doc).resolve(s.path, s.kind ?? 'text')
      const [snapshot, previous] = [s.snapshot, s.previous].map(name => name && this.snapshot(name))
      this.output.push({ delta: deltaJson(text.toDelta(snapshot, previous)) })
    },
    subdocs (s) { this.replica(s.doc).observeSubdocs(line => this.output.push(line)) },
    load (s) { this.replica(s.doc).subdoc(s.path).load() },
    destroy (s) { this.replica(s.doc).subdoc(s.path).destroy() },
    userData (s) {
      const replica = this.replica(s.doc)
      replica.userData ??= new Y.PermanentUserData(replica.doc, replica.root('users', 'map'))
      if (s.user !== undefined) replica.userData.setUserMapping(replica.doc, replica.doc.clientID, s.user)
    },
    user (s) {
      const { userData } = this.replica(s.doc)
      const user = s.deleted === undefined
        ? userData.getUserByClientId(s.client)
        : userData.getUserByDeletedId(Y.createID(s.client, s.deleted))
      this.output.push({ user })
    },
    attributes (s) {
      const attributes = this.replica(s.doc).resolve(s.path).getAttributes(this.snapshot(s.snapshot))
      const json = Object.entries(attributes).map(([name, value]) => [name, toJson(value)])
      this.output.push({ attributes: sorted(Object.fromEntries(json)) })
    },
    positionBytes (s) {
      const position = this.positions.get(s.name)
      this.output.push({ bytes: base64(Y.encodeRelativePosition(position)) })
    }
  }
}
