// Makes random document scripts: 2 to 6 replicas that write, undo, and exchange updates in any order
// and format, some of them joining late, reloading, or coming from a snapshot.
// A script is made by running it on real Yjs while it grows, so every position in it is valid.
// The same seed gives the same script on every machine.
import * as Y from 'yjs'
import { EditMaker, nestedTypes, subdocsIn } from './generate_edits.mjs'
import { Random } from './random.mjs'
import { Misplaced, Runner } from './yjs_runner.mjs'
import { base64, fromBase64 } from './yjs_values.mjs'

const roots = { content: 'text', plain: 'text', rows: 'array', meta: 'map', tree: 'xml' }
const rootNames = Object.keys(roots)
/** Documents beyond those that a script begins with. */
const maxLateDocuments = 4

/** Whether structs of these updates start at one clock, but only some of them are collected. */
function areAmbiguous (updates, decode) {
  const kinds = new Map()
  return updates.flatMap(update => decode(fromBase64(update)).structs).some(({ id, constructor }) => {
    const key = `${id.client} ${id.clock}`
    if (!kinds.has(key)) kinds.set(key, constructor)
    return kinds.get(key) !== constructor
  })
}

class Generator {
  constructor (seed, stepCount) {
    this.random = new Random(seed)
    this.edits = new EditMaker(this.random)
    this.stepCount = stepCount
    this.runner = new Runner()
    this.steps = []
    this.lines = []
    this.updates = []
    this.positionNames = []
    this.snapshots = []
    this.documentCount = 0
    this.recording = undefined
  }

  generate () {
    try {
      this.#setUp()
      while (this.steps.length < this.stepCount - this.documentCount * 3) this.#step()
      this.#tearDown()
    } catch (error) {
      // Rare, and the script is good up to the step before.
      if (!(error instanceof Misplaced)) throw error
    }
    return { steps: this.steps, lines: this.lines }
  }

  /** Runs a step and keeps it, in the transaction that is being recorded if there is one. */
  #add (step) {
    const printed = this.runner.run(step)
    if (this.recording) {
      const { doc, ...inner } = step
      this.recording.push(inner)
    } else {
      this.#keep(step, printed)
    }
  }

  #keep (step, printed) {
    this.steps.push(step)
    this.lines.push(...printed.map(line => JSON.stringify(line)))
  }

  // ---------------------------------------------------------------- documents

  #setUp () {
    const replicaCount = this.random.between(2, 6)
    this.lateDocumentsEnd = replicaCount + maxLateDocuments
    while (this.documentCount < replicaCount) this.#addDocument(this.#freshClientId())
  }

  /** Neither sorted nor small, so that ties are decided both ways and ids take several bytes. */
  #freshClientId () {
    const doc = this.documentCount
    return ((doc * 7919 + this.random.below(5000)) % 40000) * 16 + doc + 1
  }

  #addDocument (client) {
    const { random } = this
    const doc = this.documentCount
    this.#add({ do: 'doc', doc, client, gc: random.chance(65) })
    this.#watch(doc)
    if (random.chance(60)) {
      const paths = rootNames.filter(() => random.chance(70)).map(name => [name])
      this.#add({
        do: 'track',
        doc,
        ...(paths.length > 0 ? { paths } : { scope: 'document' }),
        ...(random.chance(30) ? { ignoreRemoteMapChanges: true } : {}),
        captureTimeout: random.pick([0, 1e9]),
        origins: random.pick([[null], [null, 'mine'], ['mine']])
      })
    }
  }

  /** Tells a new document the kinds of its roots, and listens to it. */
  #watch (doc) {
    const { random } = this
    this.documentCount++
    const { doc: document } = this.runner.replica(doc)
    let update
    document.on('update', bytes => { update = bytes })
    document.on('updateV2', bytes => this.updates.push({ v1: base64(update), v2: base64(bytes) }))
    this.#add({ do: 'print', doc, roots })
    for (const name of rootNames) {
      if (random.chance(30)) this.#add({ do: 'events', doc, path: [name] })
    }
    if (random.chance(40)) this.#add({ do: 'emitted', doc })
    if (random.chance(50)) this.#add({ do: 'subdocs', doc })
  }

  /** A replica that starts empty, or knows what another one wrote and has even its client id. */
  #join () {
    const other = this.random.below(this.documentCount)
    const { doc: { clientID, store } } = this.runner.replica(other)
    const reloads = store.clients.has(clientID) && this.random.chance(50)
    this.#addDocument(reloads ? clientID : this.#freshClientId())
    this.#add({ do: 'sync', from: other, to: this.documentCount - 1 })
  }

  #tearDown () {
    // Everybody hears of everything through the first replica.
    for (let doc = 1; doc < this.documentCount; doc++) this.#add({ do: 'sync', from: doc, to: 0 })
    for (let doc = 1; doc < this.documentCount; doc++) this.#add({ do: 'sync', from: 0, to: doc })
    for (let doc = 0; doc < this.documentCount; doc++) this.#add({ do: 'print', doc, roots })
  }

  // ---------------------------------------------------------------- steps

  #step () {
    const { random } = this
    const doc = random.below(this.documentCount)
    const isTracked = this.runner.replica(doc).undoManager !== undefined
    const hasPositions = this.positionNames.length > 0
    const hasUpdates = this.updates.length > 0
    const hasSnapshots = this.snapshots.length > 0
    const mayJoin = this.documentCount < this.lateDocumentsEnd
    random.weighted([
      [70, () => this.#add(this.#edit(doc))],
      [9, () => this.#transaction(doc)],
      [10, () => this.#sync()],
      [hasUpdates ? 9 : 0, () => this.#apply(doc)],
      [hasUpdates ? 3 : 0, () => this.#useUpdates(doc)],
      [isTracked ? 10 : 0, () => this.#add({ do: random.pick(['undo', 'undo', 'redo']), doc })],
      [isTracked ? 2 : 0, () => this.#add({ do: 'stopCapturing', doc })],
      [3, () => this.#position(doc)],
      [hasPositions ? 4 : 0,
        () => this.#add({ do: 'resolve', doc, name: random.pick(this.positionNames) })],
      [4, () => this.#useSubdoc(doc)],
      [3, () => this.#snapshot(doc)],
      [hasSnapshots ? 5 : 0, () => this.#useSnapshot()],
      [mayJoin ? 1 : 0, () => this.#join()],
      [2, () => this.#add({ do: 'print', doc, roots })]
    ])()
  }

  #edit (doc) { return { ...this.edits.edit(...this.random.pick(this.#types(doc))), doc } }

  /** [path, type] for what edits may go to; roots come several times. */
  #types (doc) {
    const replica = this.runner.replica(doc)
    const found = rootNames.map(name => [[name], replica.root(name)])
    for (let i = 0; i < found.length && found.length < 40; i++) {
      const [path, type] = found[i]
      for (const [step, nested] of nestedTypes(type)) found.push([[...path, step], nested])
    }
    const own = found.slice(0, rootNames.length)
    return [...own, ...own, ...found]
  }

  #transaction (doc) {
    const origin = this.random.pick([null, 'mine', 'other'])
    this.recording = []
    this.runner.replica(doc).doc.transact(() => {
      for (let n = this.random.between(1, 4); n > 0; n--) this.#add(this.#edit(doc))
    }, origin)
    const steps = this.recording
    this.recording = undefined
    // What the inner steps printed, they printed when the transaction ended.
    this.#keep({ do: 'transact', doc, origin, steps }, this.runner.output)
  }

  #format () { return this.random.pick([{}, { format: 'v1' }, { format: 'v2' }]) }

  #sync () {
    const from = this.random.below(this.documentCount)
    const to = (from + this.random.between(1, this.documentCount - 1)) % this.documentCount
    this.#add({ do: 'sync', from, to, ...this.#format() })
  }

  /** One of the update messages so far, in one format: perhaps early, perhaps for the second time. */
  #recentUpdate ({ format = 'v1' }) {
    const recent = Math.max(0, this.updates.length - 20)
    return this.updates[this.random.between(recent, this.updates.length - 1)][format]
  }

  #apply (doc) {
    const format = this.#format()
    this.#add({ do: 'apply', doc, ...format, update: this.#recentUpdate(format), origin: 'net' })
  }

  /** Works on updates without a document; what comes out goes around like other updates. */
  #useUpdates (doc) {
    const { random } = this
    const format = this.#format()
    const [made, other] = format.format === 'v2' ? ['v2', 'v1'] : ['v1', 'v2']
    const updates = random.list(0, 5, () => this.#recentUpdate(format))
    if (areAmbiguous(updates, made === 'v1' ? Y.decodeUpdate : Y.decodeUpdateV2)) return
    this.#add({ do: 'merge', ...format, updates })
    const [{ update }] = this.runner.output
    this.#add({ do: 'convert', ...format, update })
    this.updates.push({ [made]: update, [other]: this.runner.output[0].update })
    this.#add({ do: 'meta', ...format, update })
    const stateVector = base64(Y.encodeStateVector(this.runner.replica(doc).doc))
    this.#add({ do: 'diff', ...format, update, stateVector })
  }

  #position (doc) {
    const [path, type] = this.random.pick(this.#types(doc).filter(([, type]) => !(type instanceof Y.Map)))
    const name = `p${this.positionNames.length}`
    this.positionNames.push(name)
    const assoc = this.random.pick([0, 0, -1])
    this.#add({ do: 'position', doc, path, at: this.random.between(0, type.length), assoc, name })
    this.#add({ do: 'positionBytes', name })
  }

  #useSubdoc (doc) {
    const found = this.#types(doc).flatMap(([path, type]) => subdocsIn(type).map(([step]) => [...path, step]))
    if (found.length === 0) return
    this.#add({ do: this.random.pick(['load', 'destroy']), doc, path: this.random.pick(found) })
  }

  // ---------------------------------------------------------------- snapshots

  #snapshot (doc) {
    const name = `s${this.snapshots.length}`
    this.snapshots.push({ name, doc })
    this.#add({ do: 'snapshot', doc, name })
    this.#add({ do: 'snapshotBytes', name })
  }

  #useSnapshot () {
    const { random } = this
    const { name, doc } = random.pick(this.snapshots)
    if (this.updates.length > 0) {
      const format = this.#format()
      this.#add({ do: 'contains', name, ...format, update: this.#recentUpdate(format) })
    }
    // Yjs restores only where nothing is collected.
    if (this.runner.replica(doc).doc.gc) return
    if (this.documentCount < this.lateDocumentsEnd && random.chance(30)) {
      this.#add({ do: 'restore', doc, name, into: this.documentCount })
      this.#watch(this.documentCount)
    }
    const others = this.snapshots.filter(other => other.doc === doc)
    this.#add({
      do: 'render',
      doc,
      path: [random.pick(['content', 'plain'])],
      snapshot: name,
      ...(random.chance(60) ? { previous: random.pick(others).name } : {})
    })
  }
}

/** A script of about `stepCount` step objects, and the lines that Yjs prints for it. */
export function generate (seed, stepCount) {
  return new Generator(seed, stepCount).generate()
}
