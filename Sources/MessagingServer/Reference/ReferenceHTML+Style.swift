extension ReferenceHTML {
    /// The style sheet of the page, for light and dark mode.
    static let style = """
        :root{--ink:#1d2430;--soft:#5b6675;--line:#dfe3e9;--page:#fff;--panel:#f5f7fa;--link:#0b5cad;
        --get:#0a6b3d;--post:#0b5cad;--put:#8a5a00;--patch:#6b3fa0;--delete:#b3261e}
        @media (prefers-color-scheme:dark){:root{--ink:#e4e8ee;--soft:#9aa6b5;--line:#303844;--page:#14181e;
        --panel:#1c222b;--link:#7ab8ff;--get:#5fd39a;--post:#7ab8ff;--put:#f0bd5c;--patch:#c3a1f2;--delete:#ff8f86}}
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem}
        body{margin:0;display:grid;grid-template-columns:19rem minmax(0,1fr);color:var(--ink);background:var(--page);
        font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.25rem;border-right:1px solid var(--line);
        background:var(--panel);font-size:.86rem}
        nav p{margin:1.1rem 0 .3rem;font-weight:650}
        nav ul{list-style:none;margin:0;padding:0}
        nav li a{display:grid;grid-template-columns:3.6rem 1fr;padding:.17rem 0;color:inherit}
        nav b{font-size:.7rem;line-height:1.35rem}
        .home{font-size:1.05rem;font-weight:700}
        main{padding:1.5rem clamp(1rem,4vw,3.5rem) 6rem;max-width:74rem}
        h1{margin:.4rem 0;font-size:2rem}h1 small{color:var(--soft);font-weight:400;font-size:1.1rem}
        h2{margin:3rem 0 1rem;padding-bottom:.4rem;border-bottom:2px solid var(--line);font-size:1.4rem}
        h3{margin:0;font-size:1.05rem;overflow-wrap:anywhere}
        .lead{font-size:1.15rem;color:var(--soft);margin:.2rem 0 1rem}
        a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
        article{margin:0 0 1.25rem;padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:10px}
        article:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
        article p{margin:.45rem 0;overflow-wrap:anywhere}
        code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
        h3 code{font-size:1em}var{font-style:normal;color:var(--patch)}
        pre{margin:.8rem 0;padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--panel);border:1px solid var(--line);
        border-radius:8px;line-height:1.5}
        .id,.access,em{color:var(--soft)}em{font-size:.8rem}
        .note{color:var(--put);font-weight:600}
        .deprecated h3 code{color:var(--soft)}
        table{width:100%;border-collapse:collapse;margin:.8rem 0;font-size:.88rem}
        th{text-align:left;color:var(--soft);font-weight:600;border-bottom:1px solid var(--line)}
        td,th{padding:.3rem .8rem .3rem 0;vertical-align:top;overflow-wrap:anywhere}
        tbody tr+tr td{border-top:1px solid var(--line)}
        td:first-child{min-width:5rem}td a{overflow-wrap:normal}
        .GET,.HEAD{color:var(--get)}.POST{color:var(--post)}.PUT{color:var(--put)}.PATCH{color:var(--patch)}
        .DELETE{color:var(--delete)}
        @media (max-width:52rem){body{display:block}nav{position:static;height:auto;max-height:45vh;border-right:0;
        border-bottom:1px solid var(--line)}article{padding:.9rem}table{display:block;overflow-x:auto}}
        @media print{nav{display:none}body{display:block}article{break-inside:avoid}}
        """
}
