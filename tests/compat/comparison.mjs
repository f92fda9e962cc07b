// What cowrite-script and real Yjs print for the same script, and where they differ.
import { spawnSync } from 'node:child_process'
import { Runner } from './yjs_runner.mjs'

// Yjs prints a warning when two documents write with one client id, as shortened scripts may do.
export const say = console.log
console.log = () => {}

/** The list without `count` elements from `at` on, or with `replacement` in their place. */
const spliced = (list, at, count, ...replacement) =>
  [...list.slice(0, at), ...replacement, ...list.slice(at + count)]

export const toLines = steps => steps.map(step => JSON.stringify(step) + '\n').join('')

/** The lines that Yjs prints, or nothing when it refuses a step. */
export function runYjs (steps) {
  const runner = new Runner()
  try {
    return steps.flatMap(step => runner.run(step)).map(line => JSON.stringify(line))
  } catch {
    return undefined
  }
}

/** The lines that the program prints; update V2 is left out, as not every version writes it. */
function runProgram (program, steps) {
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
export function difference (program, steps) {
  const expected = runYjs(steps)
  if (expected === undefined) return undefined
  const actual = runProgram(program, steps)
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

/** Which members of a printed line differ: a script is only shortened to one that fails alike. */
function kindOf ({ expected = '{}', actual = '{}' }) {
  if (!actual.startsWith('{')) return 'ended early'
  const [left, right] = [JSON.parse(expected), JSON.parse(actual)]
  const isEqual = key => JSON.stringify(left[key]) === JSON.stringify(right[key])
  return Object.keys({ ...left, ...right }).filter(key => !isEqual(key)).join()
}

/** Leaves out what a failing script does not need in order to fail. */
export function shorten (program, steps) {
  const kind = kindOf(difference(program, steps))
  let budget = 3000
  const fails = candidate => {
    if (budget-- <= 0) return false
    const found = difference(program, candidate)
    return found !== undefined && kindOf(found) === kind
  }
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

/** Prints the first difference of a script that has one. */
export function report (name, { line, expected, actual }) {
  say(`${name}: printed line ${line} differs`)
  say(`  Yjs:     ${expected ?? '(nothing)'}`)
  say(`  Cowrite: ${actual ?? '(nothing)'}`)
}
