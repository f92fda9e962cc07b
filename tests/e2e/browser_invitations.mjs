// What a link allows in a browser: the token becomes a cookie and stands nowhere else; who may only
// look changes nothing, also by a raw message; links that do not work say why.
//
//   node browser_invitations.mjs COWRITED COWRITECTL
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from './browser.mjs'
import { Server, check, realYjs, run, temporaryFolder, until } from './harness.mjs'

const [cowrited, cowritectl] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()
const browser = await Browser.start()

await run('browser invitations', async () => {
  const folder = temporaryFolder()
  const server = await Server.start(cowrited, folder, 0, [])
  const token = (...words) => execFileSync(cowritectl, ['token', ...words, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const invite = (role, { room = 'plan', life = 'never' } = {}) => {
    const link = token('mint', '--room', room, '--role', role, '--for', life).trim()
    return { link, token: /#\.([\w-]+)$/.exec(link)[1] }
  }
  const short = invite('edit', { life: '1s' })
  const shortEnds = Date.now() + 2_000
  const withdrawn = invite('edit')
  const listed = token('list', '--json').trim().split('\n').map(line => JSON.parse(line))
  token('revoke', '--id', listed.find(({ expires }) => expires === undefined).id)
  const origin = `http://127.0.0.1:${server.port}`
  const address = token => `${origin}/r/plan#.${token}`

  // Somebody who may write, with the token as a cookie that no script reads.
  const edit = invite('edit')
  const anna = await browser.open(address(edit.token))
  await anna.ready()
  check(anna.page.url() === `${origin}/r/plan`, `the address still shows ${anna.page.url()}`)
  const [cookie] = await anna.context.cookies()
  check(cookie.httpOnly && cookie.sameSite === 'Strict' && cookie.path === '/r/plan', `the cookie is ${JSON.stringify(cookie)}`)
  check(!await anna.page.evaluate(token => document.documentElement.outerHTML.includes(token) || document.cookie !== '' ||
    JSON.stringify({ ...localStorage, ...sessionStorage }).includes(token), edit.token), 'a script can read the token')
  check(!anna.requests.slice(1).some(url => url.includes(edit.token)), 'the token is in an address that was asked for')
  await anna.caretAt(0)
  await anna.type('Only the invited. ')
  await anna.ready()
  // It stays in after a reload, and the app opens the same link.
  await anna.page.reload()
  await anna.ready()
  const opened = await anna.context.request.get(`${origin}/r/plan/open`, { maxRedirects: 0 })
  check(opened.headers().location === edit.link, 'the link for the app is another')

  // Somebody who may only look.
  const doc = new Y.Doc()
  const watcher = new WebsocketProvider(`ws://127.0.0.1:${server.port}/r`, 'plan', doc, {
    WebSocketPolyfill: WebSocket, disableBc: true, protocols: ['cowrite.v1', `cowrite.token.${edit.token}`]
  })
  await until('a third one sees it', () => doc.getText('content').toString() === 'Only the invited. ')
  const view = invite('view')
  const vera = await browser.open(address(view.token))
  await vera.ready()
  await vera.page.getByText('You can read this document, but not change it.').waitFor()
  check(await vera.text() === 'Only the invited. ', 'who may look does not see the text')
  await vera.caretAt(0)
  await vera.type('No. ')
  check(await vera.text() === 'Only the invited. ', 'who may only look can type')
  check(await vera.page.locator('#chatInput').isDisabled(), 'who may only look can chat')
  const raw = new Y.Doc()
  raw.getText('content').insert(0, 'Smuggled. ')
  const update = [...Y.encodeStateAsUpdate(raw)] // of less than 128 bytes
  const outcome = await vera.page.evaluate(async ({ url, update }) => {
    // The same cookie, without the page's own scruples: an update, a step 2, and a message in the chat.
    const socket = new WebSocket(url, ['cowrite.v1'])
    socket.binaryType = 'arraybuffer'
    await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject })
    for (const kind of [2, 1]) socket.send(new Uint8Array([0, kind, update.length, ...update]))
    // A question is answered after what came before it.
    return await new Promise(resolve => {
      socket.onclose = ({ code }) => { resolve(`closed with ${code}`) }
      socket.onmessage = ({ data }) => {
        const bytes = new Uint8Array(data)
        if (bytes[0] === 0 && bytes[1] === 1) resolve('answered')
      }
      socket.send(new Uint8Array([0, 0, 1, 0]))
    })
  }, { url: `ws://127.0.0.1:${server.port}/r/plan`, update })
  console.log(`a raw update of somebody who may only look: ${outcome}`)
  await anna.caretAt(0)
  await anna.type('After. ')
  await until('the next edit has come', () => doc.getText('content').toString() === 'After. Only the invited. ')
  check(!doc.store.clients.has(raw.clientID), 'who may only look has changed the document')
  await until('all show it', async () => await vera.text() === 'After. Only the invited. ')

  // Links that do not work.
  const gate = async (link, sentence) => {
    const guest = await browser.open(link)
    await guest.page.getByRole('heading', { name: sentence }).waitFor()
    check(await guest.page.locator('.cm-content').count() === 0, 'there is a document behind the sentence')
    await guest.checkForEverybody(sentence)
    guest.checkWellBehaved()
    await guest.context.close()
  }
  await gate(`${origin}/r/plan`, 'This document needs an invitation.')
  await gate(address(invite('edit', { room: 'other' }).token), 'This link is not valid here.')
  await until('the short one has ended', () => Date.now() > shortEnds)
  await gate(address(short.token), 'This link has expired.')
  await gate(address(withdrawn.token), 'This link was withdrawn.')

  // One that ends while it is in use.
  const brief = invite('edit', { life: '10s' })
  const cara = await browser.open(address(brief.token))
  await cara.ready()
  await cara.caretAt(0)
  await cara.type('Kept. ')
  await cara.page.locator('#banner[data-tone=bad]').waitFor()
  console.log(`ended while it was in use: ${await cara.page.locator('#bannerTitle').textContent()}`)
  await cara.page.getByRole('button', { name: 'Save mine as a file' }).waitFor()
  await cara.page.reload()
  await cara.page.getByRole('heading', { name: 'This link has expired.' }).waitFor()
  await cara.page.getByRole('button', { name: 'Save the copy in this browser as a file' }).waitFor()

  for (const guest of [anna, vera, cara]) guest.checkWellBehaved()
  watcher.destroy()
  await browser.close()
  await server.end()
  // No token is on the disk, whatever was logged.
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name))
    for (const { token } of [edit, view, brief]) check(!bytes.includes(token), `a token stands in ${name}`)
  }
})
