// Measures Cowrite and its peers side by side and prints one table an input.
// Usage: node run.mjs PROGRAM_FOLDER WORK_FOLDER [--only=PEER,…] [--work=WORK,…] [INPUT…]
// `./dev bench --peers` calls it.
// Each engine is a process of its own that stays; every round asks each of them in turn, so that
// noise of the machine hits all alike.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PeerProcess } from './peer_process.mjs'
import { printTable } from './table.mjs'

const { positionals: [programs, folder, ...wanted], values: { only, work: onlyWorks } } =
  parseArgs({ options: { only: { type: 'string' }, work: { type: 'string' } }, allowPositionals: true })
const here = fileURLToPath(new URL('.', import.meta.url))
const inputs = wanted.length > 0
  ? wanted
  : ['automerge-paper', 'append', 'front', 'random', 'in-turn', 'at-once', 'automerge-paper-x100']
const worksOnStates = ['encode_v1', 'encode_v2', 'load_v1', 'load_v2']
const allWorks = ['floor', 'local', 'local_updates', 'apply', ...worksOnStates]
/** Most would need minutes to write the hundredfold document edit by edit. */
const worksOf = (input) => (input.endsWith('-x100') ? worksOnStates : allWorks)
  .filter((work) => !onlyWorks || onlyWorks.split(',').includes(work))

const rounds = 7
const slowMs = 5_000 // from here on three rounds have to do,
const verySlowMs = 30_000 // and from here on one
/** An engine that so often did not finish a work is asked no more of that input. */
const mostFailures = 2
const npmPeers = ['yjs', 'ywasm', 'loro-crdt', 'diamond-types-node', 'automerge']
const rustPeers = ['yrs', 'y-octo', 'diamond-types', 'loro', 'automerge']

function findPeers () {
  const peers = []
  for (const name of npmPeers) {
    const command = [join(here, 'peer.mjs'), name, folder]
    peers.push(new PeerProcess(name, ['node', ...command], { freshCommand: ['node', '--expose-gc', ...command] }))
  }
  const rust = join(programs, 'peer_rust')
  if (existsSync(rust)) {
    for (const name of rustPeers) peers.push(new PeerProcess(`${name} (Rust)`, [rust, name, folder], { inRust: true }))
  } else {
    console.log('The engines in Rust are left out: they were not built, which takes cargo.\n')
  }
  const names = only?.split(',')
  return peers.filter(({ name }) => !names || names.includes(name.replace(' (Rust)', '')))
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1]
const say = (text) => process.stderr.write(`${text}\n`)

/** The first answers warm an engine up and tell how many rounds it gets; of slow work they count. */
async function warmUp (engine, work, input) {
  let spent = 0
  let answer
  for (let i = 0; i < 3 && spent < 500; i++) {
    answer = await engine.ask(work, input)
    if (!('ms' in answer)) return answer
    spent += answer.ms
  }
  const wanted = spent > verySlowMs ? 1 : spent > slowMs ? 3 : rounds
  return { wanted, bytes: answer.bytes, times: wanted < rounds ? [answer.ms] : [] }
}

async function measureWork (engines, work, input) {
  const results = new Map()
  for (const engine of engines) {
    if (engine.failures < mostFailures) results.set(engine, await warmUp(engine, work, input))
  }
  for (let round = 0; round < rounds; round++) {
    for (const [engine, result] of results) {
      if (!(result.times?.length < result.wanted)) continue
      const answer = await engine.ask(work, input)
      if ('ms' in answer) result.times.push(answer.ms)
      else Object.assign(result, answer, { wanted: 0 })
    }
  }
  const row = {}
  for (const [engine, { times, bytes, error, tooLong }] of results) {
    if (times?.length > 0) row[engine.name] = { value: median(times), rounds: times.length, bytes }
    else if (error) row[engine.name] = { error, tooLong }
    if (!error) continue
    engine.failures++
    say(`${input}: ${work}: ${engine.name}: ${error}`)
  }
  return row
}

async function measureMemory (engines, input) {
  const after = {}
  const peak = {}
  for (const engine of engines) {
    const values = []
    for (let round = 0; round < 3; round++) {
      engine.start(engine.freshCommand)
      const answer = await engine.ask('memory', input)
      engine.stop()
      if (!('mb' in answer)) break
      values.push(answer)
    }
    if (values.length === 0) continue
    after[engine.name] = { value: median(values.map(({ mb }) => mb)), rounds: values.length }
    peak[engine.name] = { value: median(values.map(({ mbPeak }) => mbPeak)), rounds: values.length }
  }
  return { after, peak }
}

async function measureInput (engines, input) {
  rmSync(join(folder, input), { recursive: true, force: true })
  const { error } = await engines[0].ask('check', input)
  if (error) {
    say(`${input} is left out: ${error}`)
    return
  }
  const rows = {}
  for (const engine of engines) engine.failures = 0
  for (const work of worksOf(input)) {
    say(`${input}: ${work}`)
    rows[work] = await measureWork(engines, work, input)
  }
  engines.forEach((engine) => engine.stop())
  if (onlyWorks) {
    printTable(input, rows, engines)
    return
  }
  const { after, peak } = await measureMemory(engines.filter(({ failures }) => failures < mostFailures), input)
  printTable(input, { ...rows, memory: after, memory_peak: peak }, engines)
}

mkdirSync(folder, { recursive: true })
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0].model}), Node ${process.versions.node}. ` +
  'Milliseconds of CPU, MB of resident memory; medians.\n')
const engines = [new PeerProcess('Cowrite', [join(programs, 'peer_cowrite'), folder]), ...findPeers()]
for (const input of inputs) await measureInput(engines, input)
