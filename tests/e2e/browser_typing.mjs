// Somebody writes in a browser, also with an input method, while another one writes in the same lines:
// what is on the screen, in the page and on the server is the same, no word that was being composed is
// torn, and undo takes back my own.
//
//   node browser_typing.mjs COWRITED
import { Browser } from './browser.mjs'
import { Server, check, realYjs, run, seededRandom, temporaryFolder, until } from './harness.mjs'

const [cowrited] = process.argv.slice(2)
const { Y, WebsocketProvider, WebSocket } = realYjs()
const browser = await Browser.start()

/** What an input method says: a word that grows, and is accepted or given up. */
class InputMethod {
  static async of (guest) {
    const method = new InputMethod()
    method.session = await guest.context.newCDPSession(guest.page)
    return method
  }

  async compose (text) {
    await this.session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }

  async accept (text) { await this.session.send('Input.insertText', { text }) }
}

await run('browser typing', async () => {
  const random = seededRandom()
  const server = await Server.start(cowrited, temporaryFolder())
  const anna = await browser.open(`http://127.0.0.1:${server.port}/r/plan`)
  await anna.ready()
  const doc = new Y.Doc()
  const text = doc.getText('content')
  const yara = new WebsocketProvider(`${server.url}/r`, 'plan', doc, { WebSocketPolyfill: WebSocket, disableBc: true })
  await until('both are there', () => yara.synced)
  const method = await InputMethod.of(anna)
  const equal = async () => {
    let seen
    await until('all are equal', async () => {
      seen = await anna.text()
      return seen === text.toString()
    }).catch(error => { throw new Error(`${error.message}: ${JSON.stringify(seen)} and ${JSON.stringify(text.toString())}`) })
    const lines = await anna.page.locator('.cm-line').allInnerTexts()
    check(lines.map(line => line.replace(/^\n$/, '')).join('\n') === seen, `the screen shows ${JSON.stringify(lines)} for ${JSON.stringify(seen)}`)
  }

  // A word is being composed while somebody writes around it, and above.
  text.insert(0, 'first line\nwe write\nlast line\n')
  await equal()
  await anna.caretAt(14)
  for (const grown of ['n', 'ni', 'nih', 'niho']) {
    await method.compose(grown)
    text.insert(0, 'above\n')
    const line = text.toString().indexOf('we')
    text.insert(line, 'so ')
    text.insert(text.toString().indexOf('write') + 'write'.length, ' on')
    await until('it has come', async () => (await anna.text()).split('above').length === text.toString().split('above').length)
  }
  await method.accept('日本')
  await equal()
  check(text.toString() === 'above\n'.repeat(4) + 'first line\n' + 'so '.repeat(4) + 'we 日本write' + ' on'.repeat(4) + '\nlast line\n',
    `the word was torn: ${JSON.stringify(text.toString())}`)
  await anna.page.keyboard.press('Control+z')
  await until('undo has taken back the word', async () => !/日本/.test(text.toString()))
  check(text.toString().split('on').length === 5 && text.toString().split('so').length === 5, 'undo took back what somebody else wrote')
  await equal()

  // At random, each at the same few places.
  const acts = {
    key: () => anna.page.keyboard.press(random.pick(['a', 'Space', 'Enter', 'Backspace', 'Delete', 'ArrowLeft', 'ArrowUp', 'End', 'Control+z', 'Control+Shift+z'])),
    word: () => anna.type(random.pick(['river ', '😀', 'ä', '  '])),
    compose: () => method.compose(random.pick(['k', 'ka', 'かな'])),
    accept: () => method.accept(random.pick(['か', '仮名'])),
    caret: async () => { await anna.caretAt(random.below(text.length + 1)) },
    write: () => { text.insert(random.below(text.length + 1), random.pick(['x', 'y\n', '\nz', '< >'])) },
    beside: async () => {
      const caret = await anna.page.evaluate(() => document.getElementById('text').shadowRoot.querySelector('.cm-content').cmTile.view.state.selection.main.head)
      text.insert(Math.min(caret, text.length), '|')
    },
    remove: () => {
      const from = random.below(text.length)
      const letters = text.toString()
      // No half of a character.
      const isWhole = at => !/[\ud800-\udbff]/.test(letters[at - 1] ?? '')
      if (text.length > 60 && isWhole(from) && isWhole(from + 3)) text.delete(from, Math.min(3, text.length - from))
    }
  }
  for (let step = 1; step <= 300; ++step) {
    await acts[random.pick(Object.keys(acts))]()
    if (step % 50 === 0) await equal()
  }
  await method.accept('.')
  await equal()
  // Chromium itself styles some of what it edits, and the page's policy forbids that, as it should.
  anna.problems = anna.problems.filter(problem => !problem.startsWith('Applying inline style'))
  anna.checkWellBehaved()
  yara.destroy()
  await browser.close()
  await server.end()
})
