// What cowrite-script and real Yjs print for the same script, and where they differ.
import { spawnSync } from 'node:child_process'
import { Runner } from './yjs_runner.mjs'

// Yjs warns when two documents write with one client id, and when a type is asked for something
// before it is in a document. Scripts do both, and what was found would drown in it.
export const say = console.log
console.log = () => {}
console.warn = () => {}

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

/** The lines that the program prints. */
export function runProgram (program, steps) {
  const run = spawnSync(program, { input: toLines(steps), encoding: 'utf8', maxBuffer: 1 << 30 })
  // A program that ends early leaves the rest of the script unread.
  if (run.error && run.error.code !== 'EPIPE') throw run.error
  const lines = run.stdout.split('\n').filter(line => line !== '')
  if (run.signal) lines.push(`killed by ${run.signal}: ${run.stderr.trim()}`)
  else if (run.status !== 0) lines.push(`exit status ${run.status} ${run.stderr.trim()}`)
  return lines
}

/**
 * The first difference of a script, or nothing; `expected` is what Yjs prints. Scripts that Yjs
 * refuses have none.
 */
export function difference (program, steps, expected = runYjs(steps)) {
  if (expected === undefined) return undefined
  const actual = runProgram(program, steps)
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    if (expected[i] !== actual[i]) return { line: i + 1, expected: expected[i], actual: actual[i] }
  }
}

/** Those of many scripts ({ steps, lines }) that differ: one process, unless there are any. */
export function failing (program, scripts) {
  const steps = scripts.flatMap(script => [{ do: 'reset' }, ...script.steps])
  if (difference(program, steps, scripts.flatMap(script => script.lines)) === undefined) return []
  const found = scripts.filter(({ steps, lines }) => difference(program, steps, lines) !== undefined)
  if (found.length === 0) throw new Error('scripts differ only when they run one after another')
  return found
}

/** Which members of a printed line differ: a script is only shortened to one that fails alike. */
export function kindOf ({ expected = '{}', actual = '{}' }) {
  if (!actual.startsWith('{')) return 'ended early'
  const [left, right] = [JSON.parse(expected), JSON.parse(actual)]
  const isEqual = key => JSON.stringify(left[key]) === JSON.stringify(right[key])
  return Object.keys({ ...left, ...right }).filter(key => !isEqual(key)).join()
}

const shown = (line, at) => line === undefined ? '(nothing)' : line.slice(Math.max(0, at - 200), at + 400)

/** Prints the first difference of a script that has one. */
export function report (name, { line, expected, actual }) {
  let at = 0
  while (at < (expected?.length ?? 0) && expected[at] === actual?.[at]) at++
  say(`${name}: printed line ${line} differs from character ${at} on (${kindOf({ expected, actual })})`)
  say(`  Yjs:     ${shown(expected, at)}`)
  say(`  Cowrite: ${shown(actual, at)}`)
}
