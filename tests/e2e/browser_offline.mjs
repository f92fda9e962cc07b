// The page itself stays in the browser: without a connection it opens with its document, can be written
// in, and syncs when the connection returns. A server that was upgraded is heard at the next visit.
//
//   node browser_offline.mjs COWRITED
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { Browser, Line } from './browser.mjs'
import { Server, check, realYjs, run, temporaryFolder, until } from './harness.mjs'

const [cowrited] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()
const browser = await Browser.start()

/** Passes on to a server, with another build of the page than that server has: its script and the
 * worker that knows of it have another name. */
class Upgraded {
  static async before (port) {
    const proxy = new Upgraded()
    proxy.isUpgraded = false
    proxy.server = createServer((asked, answer) => { proxy.pass(port, asked, answer) })
    proxy.server.on('upgrade', (asked, near, head) => {
      const far = connect(port, '127.0.0.1', () => {
        const lines = [`${asked.method} ${asked.url} HTTP/1.1`]
        for (let i = 0; i < asked.rawHeaders.length; i += 2) lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`)
        far.write(lines.join('\r\n') + '\r\n\r\n')
        far.write(head)
        near.pipe(far).pipe(near)
      })
      for (const [socket, other] of [[near, far], [far, near]]) {
        socket.on('error', () => other.destroy())
        socket.on('close', () => other.destroy())
      }
    })
    await new Promise(resolve => proxy.server.listen(0, '127.0.0.1', resolve))
    proxy.port = proxy.server.address().port
    return proxy
  }

  pass (port, asked, answer) {
    const path = this.isUpgraded ? asked.url.replace('/index-NEW', this.script) : asked.url
    const { 'accept-encoding': _, ...headers } = asked.headers
    const forward = request({ port, host: '127.0.0.1', method: asked.method, path, headers }, reply => {
      const pieces = []
      reply.on('data', piece => pieces.push(piece))
      reply.on('end', () => {
        let body = Buffer.concat(pieces)
        if (/html|javascript/.test(reply.headers['content-type'] ?? '')) {
          this.script ??= /\/index-[\w-]+(?=\.js)/.exec(body)?.[0]
          if (this.isUpgraded && this.script) body = Buffer.from(String(body).replaceAll(this.script, '/index-NEW').replace('<head>', '<head><meta name="build" content="new">'))
        }
        const { 'content-length': __, etag, ...rest } = reply.headers
        answer.writeHead(reply.statusCode, rest)
        answer.end(body)
      })
    })
    asked.pipe(forward)
    forward.on('error', () => answer.destroy())
  }

  close () { this.server.close() }
}

/** Until the browser has the page; the second visit is its first one through the worker. */
async function kept (guest) {
  await guest.page.evaluate(() => navigator.serviceWorker.ready)
  await until('the page is kept', () => guest.page.evaluate(async () => await caches.match('/r/') !== undefined))
}

await run('browser offline', async () => {
  const server = await Server.start(cowrited, temporaryFolder())
  const proxy = await Upgraded.before(server.port)
  const line = await Line.to(proxy.port)
  const address = `http://127.0.0.1:${line.port}/r/plan`
  const anna = await browser.open(address)
  anna.page.on('dialog', dialog => { void dialog.accept() })
  await anna.ready()
  await anna.caretAt(0)
  await anna.type('Written with a connection. ')
  await anna.ready()
  const doc = new Y.Doc()
  const yara = new WebsocketProvider(`${server.url}/r`, 'plan', doc, { WebSocketPolyfill: WebSocket, disableBc: true })
  const text = doc.getText('content')
  await until('the edit is on the server', () => text.toString() === 'Written with a connection. ')
  await kept(anna)

  // Reloaded without a connection: the document, and nothing else, is there, and can be written.
  line.cut()
  await anna.page.getByText('You are offline.').waitFor()
  await anna.page.reload()
  await anna.page.getByText('You are offline.').waitFor()
  check(await anna.text() === 'Written with a connection. ', 'the document is not shown')
  await anna.caretAt(0)
  await anna.type('Written without. ')
  await anna.savedIs(/^Offline: \d+ edits? saved in this browser$/)
  // And again, as a new tab.
  await anna.page.close({ runBeforeUnload: false })
  const again = await anna.openAgain(address)
  again.page.on('dialog', dialog => { void dialog.accept() })
  await again.page.getByText('You are offline.').waitFor()
  check(await again.text() === 'Written without. Written with a connection. ', 'what was written without a connection is gone')
  await again.checkForEverybody('offline')
  // A document that this browser has never seen is not made up.
  const other = await anna.openAgain(`http://127.0.0.1:${line.port}/r/other`)
  await other.page.getByRole('heading', { name: 'The server does not answer.' }).waitFor()
  await other.page.close()
  line.mend()
  await again.reconnect()
  await again.ready()
  await until('the edits have come', () => text.toString() === 'Written without. Written with a connection. ')

  // Another build of the page is shown at the next visit, and kept.
  const buildOf = guest => guest.page.evaluate(() => document.querySelector('meta[name=build]')?.content ?? 'old')
  check(await buildOf(again) === 'old', 'the first build calls itself new')
  proxy.isUpgraded = true
  await again.page.reload()
  check(await buildOf(again) === 'new', 'the page is a stale one')
  await again.ready()
  await until('the new page is kept, and the old one is not', () => again.page.evaluate(async () => {
    const page = await caches.match('/r/')
    return (await page?.text())?.includes('content="new"') && (await caches.keys()).length === 1
  }))
  line.cut()
  await again.page.getByText('You are offline.').waitFor()
  await again.page.reload()
  await again.page.getByText('You are offline.').waitFor()
  check(await buildOf(again) === 'new', 'without a connection the page is a stale one')
  check(await again.text() === 'Written without. Written with a connection. ', 'the new page does not show the document')

  // The connection is up, but its server is down.
  line.mend()
  await server.end()
  await again.page.reload()
  await again.page.getByText('You are offline.').waitFor()
  check(await again.text() === 'Written without. Written with a connection. ', 'a server that is down hides the document')
  for (const guest of [anna, again]) guest.checkWellBehaved()
  yara.destroy()
  await browser.close()
  proxy.close()
})
