// Puts the same load on cowrited, @y/websocket-server and Hocuspocus, and prints a table a work.
// Usage: node run.mjs PROGRAM_FOLDER [--only=SERVER,…] [WORK…]
// `./dev bench --servers` calls it.
// Every measurement has a server of its own that has just started; rounds ask the servers in turn,
// so that noise of the machine hits all alike.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'

const { positionals: [programs, ...wanted], values: { only } } =
  parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
const here = fileURLToPath(new URL('.', import.meta.url))
const run = promisify(execFile)
/** One is enough to see that the load is borne at all; figures want more. */
const roundsOf = (name) => (name === 'smoke' ? 1 : 3)

const servers = [
  {
    name: 'cowrited',
    dialect: 'y-websocket',
    command: (data) => [join(programs, 'cowrited'), '--open', '--listen', '127.0.0.1:0', '--data', data]
  },
  { name: 'y-websocket', dialect: 'y-websocket', command: () => ['node', join(here, 'servers/y_websocket.mjs')] },
  { name: 'Hocuspocus', dialect: 'hocuspocus', command: () => ['node', join(here, 'servers/hocuspocus.mjs')] }
].filter(({ name }) => !only || only.split(',').includes(name))

/** Arguments of load_rooms: guests, tokens a second of each, seconds, megabytes. */
const works = {
  smoke: ['traffic', 5, 20, 1],
  'traffic-2': ['traffic', 2, 5, 10],
  'traffic-20': ['traffic', 20, 5, 10],
  'traffic-200': ['traffic', 200, 1, 10],
  'typing-200': ['traffic', 200, 5, 10],
  'traffic-1000': ['traffic', 1000, 0.1, 10],
  'idle-rooms': ['idle-rooms', 10_000],
  'idle-guests': ['idle-guests', 5_000, 5, 10],
  returning: ['returning', 200, 1, 1, 20]
}

/** Starts a server, calls `use` with its port and process id, and ends it. */
async function withServer ({ command }, use) {
  const data = mkdtempSync(join(tmpdir(), 'cowrite-load-'))
  const [program, ...args] = command(data)
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => server.once('close', resolve))
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const port = /^listening on .*:(\d+)$/.exec(line)?.[1]
      if (port) return await use(port, server.pid)
    }
    throw new Error(`${program} ended before it listened`)
  } finally {
    server.kill()
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}

async function measure (server, [work, ...numbers]) {
  return withServer(server, async (port, pid) => {
    const { stdout } = await run(join(programs, 'load_rooms'), [work, server.dialect, port, pid, ...numbers].map(String))
    const answer = JSON.parse(stdout)
    if (answer.delivered < answer.due) throw new Error(`only ${answer.delivered} of ${answer.due} tokens came`)
    return answer
  })
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1]
const format = (value) => value === undefined
  ? '-'
  : value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))

function printTable (name, results) {
  const figures = [...new Set([...results.values()].flatMap(answers => answers.flatMap(Object.keys)))]
  console.log(`| ${name} | ${[...results.keys()].join(' | ')} |\n|---|${'---|'.repeat(results.size)}`)
  for (const figure of figures) {
    const cells = [...results.values()].map(answers =>
      format(answers.length > 0 ? median(answers.map(answer => answer[figure])) : undefined))
    console.log(`| ${figure} | ${cells.join(' | ')} |`)
  }
  console.log()
}

for (const name of wanted.length > 0 ? wanted : Object.keys(works).filter(name => name !== 'smoke')) {
  if (!works[name]) throw new Error(`there is no work ${name}; there are ${Object.keys(works).join(', ')}`)
  const results = new Map(servers.map(server => [server.name, []]))
  for (let round = 0; round < roundsOf(name); round++) {
    for (const server of servers) {
      process.stderr.write(`${name}: ${server.name}\n`)
      try {
        results.get(server.name).push(await measure(server, works[name]))
      } catch (error) {
        process.stderr.write(`${name}: ${server.name}: ${error.stderr ?? error.message}\n`)
        process.exitCode = 1
      }
    }
  }
  printTable(name, results)
}
