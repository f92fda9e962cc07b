// What goes wrong is said in a sentence, and everything is left as it was.
//
//   node plain_sentences.mjs COWRITE COWRITED
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { App, Server, check, run, temporaryFolder, until } from './harness.mjs'

const [cowrite, cowrited] = process.argv.slice(2)

/** Runs a program that is expected to give up, and checks what it says. */
function givesUp (program, args, sentence) {
  const { status, stderr, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 20000 })
  check(status === 1 || status === 2, `${args.join(' ')} ended with ${status}`)
  check(stdout === '', `unexpected output: ${stdout}`)
  check(sentence.test(stderr) && stderr.trim().split('\n').length === 1 && stderr.trim().endsWith('.'), `not a plain sentence: ${stderr}`)
}

await run('plain sentences', async () => {
  const folder = temporaryFolder()
  const profile = temporaryFolder()
  const headless = ['--headless', '--profile', profile]

  const taken = createServer()
  await new Promise(resolve => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address()
  givesUp(cowrited, ['--open', '--data', folder, '--listen', `127.0.0.1:${port}`], /in use by another program/)
  givesUp(cowrite, [...headless, '--host', `127.0.0.1:${port}`], /in use by another program/)
  taken.close()

  givesUp(cowrited, ['--data', folder, '--listen', '0.0.0.0:0'], /could be read on the way/)
  givesUp(cowrited, ['--open', '--data', folder, '--listen', '0.0.0.0:0'], /without an invitation/)
  givesUp(cowrited, ['--open', '--data', folder, '--listen', 'here'], /not an address to listen on/)
  givesUp(cowrited, ['--nonsense'], /Try --help/)

  const image = join(folder, 'image.png')
  writeFileSync(image, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
  givesUp(cowrite, [...headless, image], /“image\.png” is neither text in UTF-8 nor a whole document/)
  givesUp(cowrite, [...headless, join(folder, 'nothing.txt')], /There is no file “nothing\.txt”/)
  givesUp(cowrite, [...headless, '--join', 'what is this'], /is not the address of a shared document/)

  // A database that another process holds.
  const server = await Server.start(cowrited, folder)
  const before = readdirSync(folder).sort().join()
  givesUp(cowrited, ['--open', '--data', folder, '--listen', '127.0.0.1:0'], /./)
  check(readdirSync(folder).sort().join() === before, 'the folder was changed')
  const holder = await App.start(cowrite, profile, 'Hal', ['--join', `${server.url}/r/x`])
  await holder.reach('online')
  givesUp(cowrite, headless, /./)

  // Addresses at which nobody answers are no reason to give up, but the reason is told.
  const messageAt = async address => {
    const app = await App.start(cowrite, temporaryFolder(), 'Ann', ['--join', address])
    const status = await until('there is a message', async () => {
      const now = await app.status()
      return now.message && now
    })
    await app.end()
    return status
  }
  const refused = await messageAt(`ws://127.0.0.1:${port}/r/x`)
  check(refused.link === 'offline' && /^Nothing answers at 127\.0\.0\.1:\d+\. Is the session still running\?$/.test(refused.message), refused.message)
  const unknown = await messageAt('ws://no-such-computer.invalid:1/r/x')
  check(/^There is no computer called “no-such-computer\.invalid”\. Check the address\.$/.test(unknown.message), unknown.message)

  // Another document at the same address: nothing is mixed.
  holder.tell({ do: 'insert', at: 0, text: 'mine' })
  await holder.reach('stored')
  // Else it might come back first, and fill the empty room again.
  holder.tell({ do: 'disconnect' })
  await holder.reach('offline')
  await server.kill()
  const other = await Server.start(cowrited, temporaryFolder(), server.port)
  const newcomer = await App.start(cowrite, temporaryFolder(), 'Nell', ['--join', `${other.url}/r/x`])
  await newcomer.reach('online')
  newcomer.tell({ do: 'insert', at: 0, text: 'theirs' })
  await newcomer.reach('stored')
  holder.tell({ do: 'connect' })
  const replaced = await until('the replaced document is refused', async () => {
    const now = await holder.status()
    return now.link === 'refused' && now
  })
  check(/another document at this address/.test(replaced.message), replaced.message)
  check((await holder.print()).text === 'mine' && (await newcomer.print()).text === 'theirs', 'two documents were mixed')
  await holder.end()
  await newcomer.end()
  await other.end()
})
