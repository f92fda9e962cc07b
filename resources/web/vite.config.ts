import { defineConfig } from 'vite'

// `npm run dev` shows the page as it is being written, with the rooms of a running server.
const server = process.env['COWRITE_SERVER'] ?? 'http://127.0.0.1:7300'

export default defineConfig({
  build: {
    target: 'es2022',
    // The page's Content-Security-Policy lets in files of its own origin, nothing written in line.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false
  },
  server: {
    fs: { allow: ['..'] },
    proxy: {
      '/r': { target: server, ws: true, bypass: ({ headers }) => headers.accept?.includes('text/html') ? '/index.html' : undefined }
    }
  }
})
