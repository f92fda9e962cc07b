// Reads a document script from standard input, runs it on real Yjs, prints what cowrite-script must
// print. usage: node yjs_script.mjs < script.jsonl
import { createInterface } from 'node:readline'
import { Runner } from './yjs_runner.mjs'

const runner = new Runner()
let lineNumber = 0
for await (const line of createInterface({ input: process.stdin })) {
  lineNumber++
  if (line.trim() === '') continue
  try {
    for (const printed of runner.run(JSON.parse(line))) console.log(JSON.stringify(printed))
  } catch (error) {
    console.log(JSON.stringify({ error: `line ${lineNumber}: ${error.message}` }))
    process.exitCode = 2
    break
  }
}
