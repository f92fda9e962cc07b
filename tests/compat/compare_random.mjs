// Compares cowrite-script with real Yjs on random scripts (README.md).
// usage: node compare_random.mjs PROGRAM [--seed N] [--scripts N] [--steps N] [--keep FOLDER]
// Prints the seed. A failing script is kept in FOLDER, as it was and shortened; exit status 1.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { difference, report, say, shorten, toLines } from './comparison.mjs'
import { generate } from './generate.mjs'

const { values: options, positionals: [program] } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    scripts: { type: 'string', default: '200' },
    steps: { type: 'string', default: '200' },
    keep: { type: 'string', default: 'compat-failures' }
  }
})
const firstSeed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31))
const scripts = Number(options.scripts)
say(`${scripts} scripts of ${options.steps} steps; to repeat: --seed ${firstSeed}`)
let failures = 0
let compared = 0
for (let seed = firstSeed; seed < firstSeed + scripts && failures < 3; seed++) {
  const steps = generate(seed, Number(options.steps))
  compared += steps.length
  if (difference(program, steps) === undefined) continue
  failures++
  mkdirSync(options.keep, { recursive: true })
  const file = join(options.keep, `seed-${seed}`)
  writeFileSync(`${file}.jsonl`, toLines(steps))
  const short = shorten(program, steps)
  writeFileSync(`${file}-short.jsonl`, toLines(short))
  report(`seed ${seed}`, difference(program, short))
  say(`  kept as ${file}.jsonl and, with ${short.length} steps, ${file}-short.jsonl`)
}
say(failures === 0 ? `no difference in ${compared} steps` : 'there are differences')
process.exitCode = failures === 0 ? 0 : 1
