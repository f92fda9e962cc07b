// Compares cowrite-script with real Yjs on random scripts (README.md).
// usage: node compare_random.mjs PROGRAM [--seed N] [--scripts N] [--steps N] [--keep FOLDER]
// Prints the seed. A failing script is kept in FOLDER, as it was and shortened; exit status 1.
// Without --scripts there are as many as COWRITE_SCRIPTS in the environment says.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { difference, failing, report, say, toLines } from './comparison.mjs'
import { generate } from './generate.mjs'
import { shorten } from './shorten.mjs'

/** Scripts that one process of the program runs. */
const batchSize = 10
/** More are seldom more to learn from. */
const maxFailures = 3

/** In a thread: compares every `stride`-th script and posts { compared, failures } for each batch. */
function compareSome ({ program, steps, firstSeed, endSeed, stride }) {
  for (let seed = firstSeed; seed < endSeed;) {
    const scripts = []
    for (; scripts.length < batchSize && seed < endSeed; seed += stride) {
      scripts.push({ seed, ...generate(seed, steps) })
    }
    const compared = scripts.reduce((sum, script) => sum + script.steps.length, 0)
    parentPort.postMessage({ compared, failures: failing(program, scripts) })
  }
}

/** Resolves to { compared, failures } when all seeds are compared, or enough of them fail. */
async function compareAll (options) {
  let compared = 0
  const failures = []
  // One thread more than there are processors, as each also waits for the program.
  const stride = availableParallelism() + 1
  const workers = Array.from({ length: stride }, (_, i) => new Worker(new URL(import.meta.url), {
    workerData: { ...options, firstSeed: options.firstSeed + i, stride }
  }))
  await Promise.all(workers.map(worker => new Promise((resolve, reject) => {
    worker.on('message', message => {
      compared += message.compared
      failures.push(...message.failures)
      if (failures.length >= maxFailures) workers.forEach(other => other.terminate())
    })
    worker.on('error', reject)
    worker.on('exit', resolve)
  })))
  return { compared, failures: failures.slice(0, maxFailures) }
}

/** Keeps a failing script whole and shortened, and says how it differs. */
function keep (program, folder, { seed, steps, lines }) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `seed-${seed}`)
  writeFileSync(`${file}.jsonl`, toLines(steps))
  if (difference(program, steps) === undefined) {
    report(`seed ${seed}, which Yjs does not repeat`, difference(program, steps, lines))
    return
  }
  const short = shorten(program, steps)
  writeFileSync(`${file}-short.jsonl`, toLines(short))
  report(`seed ${seed}`, difference(program, short))
  say(`  kept as ${file}.jsonl and, with ${short.length} steps, ${file}-short.jsonl`)
}

async function main () {
  const { values: options, positionals: [program] } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      scripts: { type: 'string', default: process.env.COWRITE_SCRIPTS ?? '10000' },
      steps: { type: 'string', default: '300' },
      keep: { type: 'string', default: 'compat-failures' }
    }
  })
  const firstSeed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31))
  say(`${options.scripts} scripts of ${options.steps} steps; to repeat: --seed ${firstSeed}`)
  const { compared, failures } = await compareAll({
    program,
    steps: Number(options.steps),
    firstSeed,
    endSeed: firstSeed + Number(options.scripts)
  })
  for (const failure of failures) keep(program, options.keep, failure)
  say(failures.length === 0 ? `no difference in ${compared} steps` : 'there are differences')
  process.exitCode = failures.length === 0 && compared > 0 ? 0 : 1
}

if (isMainThread) await main()
else compareSome(workerData)
