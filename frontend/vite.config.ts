import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { fixtureApi } from './e2e/fixtures/plugin.ts'

const fixtures = process.env['PHAROS_FIXTURES'] === '1'
const backend = process.env['PHAROS_API'] ?? 'http://127.0.0.1:8090'

export default defineConfig({
  plugins: [react(), ...(fixtures ? [fixtureApi()] : [])],
  build: {
    outDir: 'target/dist',
    emptyOutDir: true,
    // The Content-Security-Policy allows no inline script and no data: script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Most of it is PatternFly and React; the limits that matter are of the compressed size.
    chunkSizeWarningLimit: 700,
  },
  server: {
    // The backend answers a POST only to its own pages, so the proxy speaks in their name.
    proxy: fixtures ? {} : { '/api': { target: backend, changeOrigin: true, headers: { origin: backend } } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    // PatternFly's modules import their style sheets, which Node alone cannot load.
    server: { deps: { inline: [/@patternfly/] } },
    css: false,
    restoreMocks: true,
    // A whole page is drawn in some of them, and the machine may be busy.
    testTimeout: 20_000,
  },
})
