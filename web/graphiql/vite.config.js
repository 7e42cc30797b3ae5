import { defineConfig } from 'vite'

// "use client" is for servers that render React; these pages are rendered in the browser alone.
const remarked = (warning, tell) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || tell(warning)

// No outside request: everything is bundled, and served by `tieline serve` under /graphiql/.
export default defineConfig({
  base: '/graphiql/',
  build: {
    outDir: '../../graphql/explorer/dist',
    emptyOutDir: true,
    sourcemap: false,
    license: { fileName: 'licences.md' }, // of all that is bundled: they travel with it
    chunkSizeWarningLimit: 9000,
    rolldownOptions: { onwarn: remarked },
  },
  worker: { format: 'es' },
})
