"""How well doubles are found, beside letters in threes and plain Splink."""
import sys, time
from identity_data import CASES
from identity_metrics import components, pairs_of, pairwise, b_cubed, exact
from identity_rivals import threes, plain
from tieline.loaders.candidates.run import connect, compare, found, given

def ours(case):
    con = connect()
    names = [n for n in case.rows[0] if n != "id"]
    given(con, [r | {"source": case.source[r["id"]]} for r in case.rows], names)
    c = compare(con, "given", names, case.across)
    if '-v' in sys.argv:
        for x in c.model.compared: print('   ',x.name,x.nature,c.model.trained[x.key],[round(b,1) for b in c.model.bits[x.key]])
    return found(c, case.source)

def tell(case, name, clusters, truec):
    src = case.source; true = pairs_of(truec, src, case.across)
    p = pairwise(pairs_of(clusters, src, case.across), true)
    b = b_cubed(clusters, truec)
    print(f"{case.name:18} {name:22} {p}   {b}   {exact(clusters, truec):.3f}", flush=True)

for make in CASES:
    case = make()
    names=[a for a in sys.argv[1:] if a[0]!='-']
    if names and not any(a.lower() in case.name.lower() for a in names): continue
    ids = [r["id"] for r in case.rows]
    truec = components(ids, case.true)
    if '-r' not in sys.argv:
        t = threes(case.rows, case.source, case.across)
        best = max((pairwise(pairs_of(components(ids, [p for p, s in t.items() if s >= c/20]), case.source, case.across), pairs_of(truec, case.source, case.across)).f1, c/20) for c in range(6, 20))
        for c in (0.5, best[1]):
            tell(case, f"threes {c}", components(ids, [p for p, s in t.items() if s >= c]), truec)
        t0 = time.time(); s = plain(case.rows, case.source, case.across)
        for c in (0.5, 0.95):
            tell(case, f"plain {c}", components(ids, [p for p, x in s.items() if x >= c]), truec)
        print('   plain took', round(time.time()-t0,1))
    t0 = time.time(); got = ours(case)
    tell(case, "ours", got.clusters, truec); print('   took', round(time.time()-t0,1), 'clean', set(got.clean))
    if '-e' in sys.argv:
        rows={r['id']:r for r in case.rows}
        f=pairs_of(got.clusters,case.source,case.across); tr=pairs_of(truec,case.source,case.across)
        for p in sorted(f-tr)[:25]: print('  FP',round(got.bits.get(p,-99),1),*[list(rows[x].values()) for x in p],sep='\n      ')
        for p in sorted(tr-f)[:25]: print('  FN',round(got.bits.get(p,-99),1),*[list(rows[x].values()) for x in p],sep='\n      ')
