// Counts the instructions of one work of peer_cowrite with callgrind, and prints where they go.
// Usage: node profile.mjs PROGRAM_FOLDER WORK_FOLDER WORK INPUT      (`./dev bench --profile` calls it)
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [programs, folder, work, input] = process.argv.slice(2)
const shownFunctions = 15

function run (command, parameters, options = {}) {
  const { status, stdout, error } = spawnSync(command, parameters,
    { encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 28, ...options })
  if (error || status !== 0) throw new Error(`${command} failed${error ? `: ${error.message}` : ''}`)
  return stdout
}

/** Of what is measured only; making the input comes before. Fifty times slower than without. */
function profile () {
  const file = join(folder, 'callgrind.out')
  const answer = run('valgrind', ['--tool=callgrind', `--callgrind-out-file=${file}`, '--toggle-collect=*runMeasured*',
    join(programs, 'peer_cowrite'), folder], { input: `check ${input}\n${work} ${input}\n` })
  const { count, error } = JSON.parse(answer.trim().split('\n').at(-1))
  if (!count) throw new Error(error ?? `${work} is nothing that ${input} is measured with`)
  return { count, annotated: run('callgrind_annotate', ['--threshold=100', '--auto=no', file]) }
}

/** `cowrite::crdt::Store::commit()` and its like without what does not tell them apart. */
function shortName (name) {
  let short = name.replace(/ \[.*/, '').replaceAll('(anonymous namespace)::', '').replace(/\[clone .*/, '').replaceAll('cowrite::', '')
  for (let before; before !== short;) {
    before = short
    short = short.replace(/<[^<>]*>/g, '').replace(/\([^()]*\)( const)?/g, '')
  }
  return short.trim().split(' ').at(-1)
}

/** What was inlined from several files into one function is one again. */
function byFunction ({ count, annotated }) {
  const functions = new Map()
  for (const [, instructions, name] of annotated.matchAll(/^ *([\d,]+) \([ \d.]+%\)  [^ ]*?:(.*)$/gm)) {
    const short = shortName(name)
    functions.set(short, (functions.get(short) ?? 0) + Number(instructions.replaceAll(',', '')) / count)
  }
  return [...functions].sort(([, a], [, b]) => b - a)
}

mkdirSync(folder, { recursive: true })
const functions = byFunction(profile())
const { edits } = JSON.parse(readFileSync(join(folder, input, 'trace.json')))
const total = functions.reduce((sum, [, count]) => sum + count, 0)
const line = (name, count) =>
  console.log(`| ${name} | ${(count / edits.length).toFixed(1)} | ${(100 * count / total).toFixed(1)} % |`)
console.log(`### ${work}, ${input}: ${(total / 1e6).toFixed(1)} million instructions\n`)
console.log('| function | instructions an edit | |\n|---|---|---|')
for (const [name, count] of functions.slice(0, shownFunctions)) line(`\`${name}\``, count)
line('others', functions.slice(shownFunctions).reduce((sum, [, count]) => sum + count, 0))
line('all', total)
