// Runs one of the engines in `engines/` for run.mjs. Usage: node peer.mjs ENGINE FOLDER.
// Reads lines `WORK INPUT`, answers each with one line of JSON (README.md: the peers).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [name, folder] = process.argv.slice(2)
const { engine } = await import(`./engines/${name}.mjs`)

/** How long a work is repeated inside of one measurement, so that short ones do not start cold. */
const shortestMs = 30

function expect (condition, what) {
  if (!condition) throw new Error(`${name}: ${what}`)
}

function packedUpdates (file) {
  const bytes = readFileSync(file)
  const updates = []
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32LE(at)
    updates.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + size)))
    at += 4 + size
  }
  return updates
}

const stateFile = (format) => engine.readsYjs ? `state.${format}` : `state.${name}`

/** Runs a work until it has taken long enough. What it leaves is freed when the clock stands. */
function measure (run) {
  let microseconds = 0
  let count = 0
  let outcome
  do {
    if (outcome?.document) engine.free?.(outcome.document)
    const start = process.cpuUsage()
    outcome = run()
    const spent = process.cpuUsage(start)
    microseconds += spent.user + spent.system
    count++
  } while (microseconds < shortestMs * 1000)
  return { document: outcome.document, answer: { ms: microseconds / 1000 / count, bytes: outcome.bytes } }
}

/** A trace, and what is made of it when a work first needs it. */
class Input {
  constructor (inputName) {
    this.name = inputName
    this.path = join(folder, inputName)
    this.trace = JSON.parse(readFileSync(join(this.path, 'trace.json')))
    this.text = readFileSync(join(this.path, 'text'), 'utf8')
  }

  /** Few engines let a replica change its client, and most would replay a hundred times for minutes. */
  get isReplayed () {
    return !this.trace.atOnce && this.trace.writers === 1 && this.trace.repetitions === 1
  }

  /** Where writers did not know of each other, an engine with updates of its own has an order of its own. */
  check (document) {
    const text = engine.text(document)
    expect(this.trace.atOnce && !engine.readsYjs ? text.length === this.text.length : text === this.text,
      'another text comes out')
  }

  get updates () {
    return (this.madeUpdates ??= this.makeUpdates())
  }

  makeUpdates () {
    if (engine.readsYjs) return packedUpdates(join(this.path, 'updates'))
    if (this.isReplayed) {
      const updates = []
      engine.free?.(engine.replay(this.trace, (update) => updates.push(update)))
      return updates
    }
    return this.trace.repetitions > 1 ? [] : engine.updatesOfWriters(this.trace)
  }

  /** Has it all, and has written it where it can: a loaded one may keep the bytes it came from. */
  get document () {
    return (this.madeDocument ??= this.makeDocument())
  }

  makeDocument () {
    if (engine.readsYjs && !this.isReplayed) return engine.load(this.state('v1'), 'v1')
    return this.trace.writers > 1 ? engine.apply(this.updates) : engine.replay(this.trace)
  }

  /** Of Cowrite for engines that read Yjs's bytes, of the engine itself for the others. */
  state (format) {
    const file = join(this.path, stateFile(format))
    if (!existsSync(file)) {
      this.check(this.document)
      writeFileSync(file, engine.encode(this.document, format))
    }
    return new Uint8Array(readFileSync(file))
  }

  /** Measures what makes a document with the whole text. */
  measureDocument (run) {
    const { document, answer } = measure(run)
    this.check(document)
    engine.free?.(document)
    return answer
  }

  local (withUpdates) {
    if (!this.isReplayed) return { absent: true }
    return this.measureDocument(() => {
      let bytes = 0
      const count = (update) => { bytes += update.length }
      return { document: engine.replay(this.trace, withUpdates ? count : undefined), bytes }
    })
  }

  apply () {
    const updates = this.updates
    return updates.length === 0 ? { absent: true } : this.measureDocument(() => ({ document: engine.apply(updates) }))
  }

  encode (format) {
    const document = this.document
    return measure(() => ({ bytes: engine.encode(document, format).length })).answer
  }

  load (format) {
    const state = this.state(format)
    return this.measureDocument(() => {
      const document = engine.load(state, format)
      expect(engine.text(document).length === this.text.length, 'another text comes out')
      return { document, bytes: state.length }
    })
  }
}

const work = {
  check: () => ({ ok: true }),
  local: (input) => input.local(false),
  local_updates: (input) => input.local(true),
  apply: (input) => input.apply(),
  encode_v1: (input) => input.encode('v1'),
  encode_v2: (input) => input.encode('v2'),
  load_v1: (input) => input.load('v1'),
  load_v2: (input) => input.load('v2')
}

/** What loading a state takes. In a process of its own that was started with --expose-gc. */
function memory (inputName) {
  const state = new Uint8Array(readFileSync(join(folder, inputName, stateFile('v1'))))
  globalThis.gc()
  const before = process.memoryUsage.rss()
  const document = engine.load(state, 'v1')
  expect(engine.text(document).length > 0, 'no text comes out')
  globalThis.gc()
  const after = process.memoryUsage.rss()
  const peak = process.resourceUsage().maxRSS * 1024
  engine.text(document) // it is in use until here
  return { mb: (after - before) / 1e6, mbPeak: (peak - before) / 1e6 }
}

let input
function answer (line) {
  const [what, inputName] = line.split(' ')
  try {
    if (what === 'memory') return memory(inputName)
    if (input?.name !== inputName) input = new Input(inputName)
    return work[what]?.(input) ?? { absent: true }
  } catch (error) {
    return { error: String(error?.message ?? error) }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(line)))
}
