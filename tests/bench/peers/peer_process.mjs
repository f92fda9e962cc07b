// A peer as run.mjs asks it: a process that answers each line `WORK INPUT` with one line of JSON.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** How much CPU one answer may take, with what must be made for it first. */
const patienceMs = 60_000
/** A process that waits for something uses none; it is given up in the end all the same. */
const longestWaitMs = 5 * patienceMs

/** What a process has used so far. */
function cpuMs (pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')
  const [userTicks, systemTicks] = fields.slice(11, 13).map(Number)
  return (userTicks + systemTicks) * 10
}

export class PeerProcess {
  /** `freshCommand` starts one that is asked for nothing but `memory`. */
  constructor (name, command, { inRust = false, freshCommand = command } = {}) {
    Object.assign(this, { name, command, inRust, freshCommand })
  }

  start (command = this.command) {
    this.child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] })
    this.child.on('error', () => {})
    this.child.stdin.on('error', () => {})
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()
  }

  stop () {
    this.child?.kill('SIGKILL')
    this.child = null
  }

  /**
   * Answers {ms, bytes}, {mb, mbPeak}, {ok}, {absent} where the engine has nothing of the kind, or
   * {error}; with {tooLong} if it did not finish. After an error it begins anew.
   */
  async ask (work, input) {
    if (!this.child) this.start()
    let timer
    const tooLong = new Promise((resolve) => {
      const { pid } = this.child
      const begun = Date.now()
      const used = pid ? cpuMs(pid) : 0
      timer = setInterval(() => {
        const late = this.child.exitCode === null &&
          (cpuMs(pid) - used > patienceMs || Date.now() - begun > longestWaitMs)
        if (late) resolve({ error: `did not finish in ${patienceMs / 1000} s`, tooLong: patienceMs / 1000 })
      }, 500)
    })
    this.child.stdin.write(`${work} ${input}\n`)
    const answer = this.lines.next().then(({ value, done }) => done ? { error: 'ended' } : JSON.parse(value))
    const first = await Promise.race([answer, tooLong])
    clearInterval(timer)
    if (first.error) this.stop()
    return first
  }
}
