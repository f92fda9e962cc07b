// Runs one of the engines in `engines/` for run.mjs. Usage: node peer.mjs ENGINE FOLDER.
// Reads lines `WORK INPUT`, answers each with one line of JSON (README.md: the peers).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [name, folder] = process.argv.slice(2)
const { engine } = await import(`./engines/${name}.mjs`)

/** How long a work is repeated inside of one measurement, so that short ones do not start cold. */
const shortestMs = 30

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

/** Engines that read Yjs's bytes take the states that Cowrite wrote, the others their own. */
function stateOf (path, format, write) {
  const file = engine.readsYjs ? join(path, `state.${format}`) : join(path, `state.${name}`)
  if (!existsSync(file)) writeFileSync(file, write())
  return new Uint8Array(readFileSync(file))
}

function expect (condition, what) {
  if (!condition) throw new Error(`${name}: ${what}`)
}

/** Few engines let a replica change its client, and most would replay a hundred times for minutes. */
const isReplayed = (input) => !input.atOnce && input.writers === 1 && input.repetitions === 1

/** What is made of an input once, and that all ways lead to the same text. */
function prepare (inputName) {
  const path = join(folder, inputName)
  const input = JSON.parse(readFileSync(join(path, 'trace.json')))
  input.text = readFileSync(join(path, 'text'), 'utf8')
  input.updates = []
  const own = !engine.readsYjs
  if (isReplayed(input)) {
    input.document = engine.replay(input, (update) => input.updates.push(update))
    expect(engine.text(input.document) === input.text, 'replaying gives another text')
  } else if (!own) {
    input.updates = packedUpdates(join(path, 'updates'))
  } else if (input.repetitions === 1) {
    input.updates = engine.updatesOfWriters(input)
  }
  input.states = {}
  for (const format of ['v1', 'v2']) {
    input.states[format] = () => stateOf(path, format, () => engine.encode(input.document ?? engine.replay(input), format))
  }
  if (input.updates.length > 0) {
    const applied = engine.apply(input.updates)
    // Where writers did not know of each other, each engine has an order of its own.
    const text = engine.text(applied)
    expect(own && input.atOnce ? text.length === input.text.length : text === input.text, 'applying gives another text')
    input.document ??= applied
  }
  return input
}

const inputs = new Map()
function inputOf (inputName) {
  if (!inputs.has(inputName)) {
    inputs.clear()
    inputs.set(inputName, prepare(inputName))
  }
  return inputs.get(inputName)
}

function encode (input, format) {
  input.document ??= engine.load(input.states[format](), format)
  const bytes = engine.encode(input.document, format)
  return { bytes: bytes.length }
}

function load (input, format) {
  const state = (input[format] ??= input.states[format]())
  const document = engine.load(state, format)
  expect(engine.text(document).length === input.text.length, 'loading gives another text')
  return { kept: document, bytes: state.length }
}

const work = {
  local: (input) => isReplayed(input) ? { kept: engine.replay(input) } : undefined,
  local_updates: (input) => {
    if (!isReplayed(input)) return undefined
    let bytes = 0
    return { kept: engine.replay(input, (update) => { bytes += update.length }), bytes }
  },
  apply: (input) => input.updates.length === 0 ? undefined : { kept: engine.apply(input.updates) },
  encode_v1: (input) => encode(input, 'v1'),
  encode_v2: (input) => encode(input, 'v2'),
  load_v1: (input) => load(input, 'v1'),
  load_v2: (input) => load(input, 'v2')
}

function measure (run, input) {
  let microseconds = 0
  let count = 0
  let outcome
  do {
    const start = process.cpuUsage()
    outcome = run(input)
    const spent = process.cpuUsage(start)
    if (!outcome) return { absent: true }
    microseconds += spent.user + spent.system
    count++
    if (outcome.kept) engine.free?.(outcome.kept)
  } while (microseconds < shortestMs * 1000)
  return { ms: microseconds / 1000 / count, bytes: outcome.bytes }
}

/** In a process of its own that was started with --expose-gc. */
function memory (inputName) {
  const path = join(folder, inputName)
  const length = readFileSync(join(path, 'text'), 'utf8').length
  const state = stateOf(path, 'v1', () => { throw new Error('the state is made by `check`') })
  globalThis.gc()
  const before = process.memoryUsage.rss()
  const document = engine.load(state, 'v1')
  expect(engine.text(document).length === length, 'loading gives another text')
  globalThis.gc()
  const after = process.memoryUsage.rss()
  const peak = process.resourceUsage().maxRSS * 1024
  engine.text(document) // it is in use until here
  return { mb: (after - before) / 1e6, mbPeak: (peak - before) / 1e6 }
}

function answer (line) {
  const [what, inputName] = line.split(' ')
  try {
    if (what === 'memory') return memory(inputName)
    const input = inputOf(inputName)
    if (what === 'check') return { ok: true }
    return work[what] ? measure(work[what], input) : { absent: true }
  } catch (error) {
    return { error: String(error?.message ?? error) }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(line)))
}
