// Compares cowrite-script with real Yjs on random scripts (README.md).
// usage: node compare.mjs PROGRAM [--seed N] [--scripts N] [--steps N] [--keep FOLDER]
//        node compare.mjs PROGRAM --replay SCRIPT.jsonl
// Prints the seed. A failing script is kept in FOLDER, as it was and shortened; exit status 1.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generate } from './generate.mjs'
import { Runner } from './yjs_runner.mjs'

// Yjs prints a warning when two documents write with one client id, as shortened scripts may do.
const say = console.log
console.log = () => {}

const { values: options, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    scripts: { type: 'string', default: '200' },
    steps: { type: 'string', default: '200' },
    keep: { type: 'string', default: 'compat-failures' },
    replay: { type: 'string' }
  }
})

/** The list without `count` elements from `at` on, or with `replacement` in their place. */
const spliced = (list, at, count, ...replacement) =>
  [...list.slice(0, at), ...replacement, ...list.slice(at + count)]

const toLines = steps => steps.map(step => JSON.stringify(step) + '\n').join('')

/** The lines that Yjs prints, or nothing when it refuses a step. */
function runYjs (steps) {
  const runner = new Runner()
  try {
    return steps.flatMap(step => runner.run(step)).map(line => JSON.stringify(line))
  } catch {
    return undefined
  }
}

/** The lines that the program prints; update V2 is left out, as not every version writes it. */
function runProgram (steps) {
  const run = spawnSync(program, { input: toLines(steps), encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.error) throw run.error
  const lines = run.stdout.split('\n').filter(line => line !== '').map(line => {
    const { updateV2, ...rest } = JSON.parse(line)
    return JSON.stringify(rest)
  })
  if (run.signal) lines.push(`killed by ${run.signal}: ${run.stderr.trim()}`)
  else if (run.status !== 0) lines.push(`exit status ${run.status} ${run.stderr.trim()}`)
  return lines
}

/** The first difference of a script, or nothing. Scripts that Yjs refuses have none. */
function difference (steps) {
  const expected = runYjs(steps)
  if (expected === undefined) return undefined
  const actual = runProgram(steps)
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    if (expected[i] !== actual[i]) return { line: i + 1, expected: expected[i], actual: actual[i] }
  }
}

/** Every way to make a step smaller. */
function smallerSteps (step) {
  if (step.do === 'transact') {
    return [
      ...step.steps.map((_, i) => ({ ...step, steps: spliced(step.steps, i, 1) })),
      ...step.steps.map(inner => ({ doc: step.doc, ...inner }))
    ]
  }
  if (step.do === 'delta') {
    return step.delta.map((_, i) => ({ ...step, delta: spliced(step.delta, i, 1) }))
  }
  if (step.values?.length > 1) {
    return step.values.map((_, i) => ({ ...step, values: spliced(step.values, i, 1) }))
  }
  if (step.text?.length > 1) return [{ ...step, text: 'x' }, { ...step, text: 'xy' }]
  return []
}

/** Leaves out what a failing script does not need in order to fail. */
function shorten (steps) {
  let budget = 3000
  const fails = candidate => budget-- > 0 && difference(candidate) !== undefined
  for (let size = steps.length >> 1; size >= 1;) {
    let removed = false
    for (let from = steps.length - size; from >= 0; from -= size) {
      const candidate = spliced(steps, from, size)
      if (fails(candidate)) {
        steps = candidate
        removed = true
      }
    }
    if (!removed || size > 1) size = size === 1 ? 0 : size >> 1
  }
  for (let i = 0; i < steps.length; i++) {
    const smaller = smallerSteps(steps[i]).map(step => spliced(steps, i, 1, step)).find(fails)
    if (smaller !== undefined) {
      steps = smaller
      i--
    }
  }
  return steps
}

function report (name, steps) {
  const found = difference(steps)
  say(`${name}: printed line ${found.line} differs`)
  say(`  Yjs:     ${found.expected ?? '(nothing)'}`)
  say(`  Cowrite: ${found.actual ?? '(nothing)'}`)
}

if (options.replay) {
  const steps = readFileSync(options.replay, 'utf8').split('\n').filter(line => line.trim() !== '')
    .map(line => JSON.parse(line))
  if (difference(steps) === undefined) say('no difference')
  else report(options.replay, steps)
  process.exit(difference(steps) === undefined ? 0 : 1)
}

const firstSeed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31))
const scripts = Number(options.scripts)
say(`${scripts} scripts of ${options.steps} steps; to repeat: --seed ${firstSeed}`)
let failures = 0
let compared = 0
for (let seed = firstSeed; seed < firstSeed + scripts && failures < 3; seed++) {
  const steps = generate(seed, Number(options.steps))
  compared += steps.length
  if (difference(steps) === undefined) continue
  failures++
  mkdirSync(options.keep, { recursive: true })
  const file = join(options.keep, `seed-${seed}`)
  writeFileSync(`${file}.jsonl`, toLines(steps))
  const short = shorten(steps)
  writeFileSync(`${file}-short.jsonl`, toLines(short))
  report(`seed ${seed}`, short)
  say(`  kept as ${file}.jsonl and, with ${short.length} steps, ${file}-short.jsonl`)
}
say(failures === 0 ? `no difference in ${compared} steps` : 'there are differences')
process.exit(failures === 0 ? 0 : 1)
