import { defineConfig } from 'vite'

// No outside request: everything is bundled, and served by `tieline serve` under /graphiql/.
export default defineConfig({
  base: '/graphiql/',
  build: { outDir: '../../graphql/explorer/dist', emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 9000 },
  worker: { format: 'es' },
})
