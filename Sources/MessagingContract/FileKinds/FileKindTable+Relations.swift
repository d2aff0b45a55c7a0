// Written by Scripts/file-kinds.py; not to be changed by hand. NOTICE says where it comes from.

extension FileKindTable {
    /// Other names of kinds, `name=kind`, and kinds that are a case of another one, `kind<other`.
    static let relations = """
        application/acad=image/vnd.dwg application/autocad_dwg=image/vnd.dwg application/bat=application/x-bat
        application/binhex=application/mac-binhex40 application/bizagi-modeler<application/zip application/cdr=application/coreldraw
        application/cellml+xml<chemical/x-cml application/dash+xml<application/xml application/dif+xml<application/xml
        application/dita+xml<application/xml application/dwg=image/vnd.dwg application/express<text/x-expect application/fdf=application/vnd.fdf
        application/futuresplash=application/x-futuresplash application/gzip-compressed=application/gzip application/gzipped=application/gzip
        application/illustrator<application/postscript application/inf<text/plain application/java-archive<application/zip
        application/javascript<text/plain application/json<application/javascript application/kate<application/ogg
        application/mac-binhex=application/mac-binhex40 application/manifest+json<application/json application/mathematica<text/plain
        application/matlab-mat=application/x-matlab-data application/mbox<text/x-tika-text-based-message application/mp4<application/quicktime
        application/ms-tnef=application/vnd.ms-tnef application/msaccess=application/x-msaccess application/msexcel=application/vnd.ms-excel
        application/msonenote=application/onenote application/mspowerpoint=application/vnd.ms-powerpoint
        application/msword<application/x-tika-msoffice application/onenote<application/vnd.ms-cab-compressed
        application/oxps=application/vnd.ms-xpsdocument application/pem-certificate-chain<application/x-x509-cert
        application/pgp=application/pgp-encrypted application/pgp-keys<application/pgp-signature application/photoshop=image/vnd.adobe.photoshop
        application/pkcs12=application/x-pkcs12 application/pkix-attr-cert<text/plain application/rdf+xml<application/xml
        application/relax-ng-compact-syntax<text/plain application/rtf<text/plain application/simple-filter+xml<text/x-common-lisp
        application/sldworks<application/x-tika-msoffice application/smil=application/smil+xml application/smil+xml<application/xml
        application/sql=text/x-sql application/vnd.adobe.flash.movie=application/x-shockwave-flash
        application/vnd.adobe.indesign-idml-package<application/zip application/vnd.adobe.xdp+xml<application/xml
        application/vnd.adobe.xfdf<application/xml application/vnd.afpc.modca<application/vnd.ibm.modcap
        application/vnd.android.package-archive<application/java-archive application/vnd.apple.iwork<application/zip
        application/vnd.apple.keynote<application/vnd.apple.iwork application/vnd.apple.numbers<application/vnd.apple.iwork
        application/vnd.apple.pages<application/vnd.apple.iwork application/vnd.apple.unknown.13<application/zip
        application/vnd.aristanetworks.swi=application/vnd.arastra.swi application/vnd.audiograph<application/vnd.adobe.aftereffects.project
        application/vnd.chess-pgn=application/x-chess-pgn application/vnd.coffeescript=text/x-coffeescript application/vnd.dbf=application/x-dbf
        application/vnd.debian.binary-package=application/x-debian-package application/vnd.etsi.asic-e+zip<application/zip
        application/vnd.etsi.asic-s+zip<application/zip application/vnd.exstream-package<application/x-mspublisher
        application/vnd.google-earth.kml+xml<application/xml application/vnd.google-earth.kmz<application/zip
        application/vnd.ipld.car=application/vnd.curl.car application/vnd.iptc.g2.newsmessage+xml<application/xml
        application/vnd.java.hprof.text<text/plain application/vnd.lotus-screencam<text/x-scheme application/vnd.mif<text/plain
        application/vnd.mindjet.mindmanager<application/zip application/vnd.ms-asf=video/x-ms-asf application/vnd.ms-excel<application/x-tika-msoffice
        application/vnd.ms-excel.addin.macroenabled.12<application/x-tika-ooxml application/vnd.ms-excel.sheet.2<application/x-tika-old-excel
        application/vnd.ms-excel.sheet.3<application/x-tika-old-excel application/vnd.ms-excel.sheet.4<application/x-tika-old-excel
        application/vnd.ms-excel.sheet.binary.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-excel.sheet.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-excel.template.macroenabled.12<application/x-tika-ooxml application/vnd.ms-excel.workspace.3<application/x-tika-old-excel
        application/vnd.ms-excel.workspace.4<application/x-tika-old-excel
        application/vnd.ms-officetheme<application/vnd.openxmlformats-officedocument.presentationml.presentation
        application/vnd.ms-outlook<application/x-tika-msoffice application/vnd.ms-powerpoint<application/x-tika-msoffice
        application/vnd.ms-powerpoint.addin.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-powerpoint.presentation.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-powerpoint.slide.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-powerpoint.slideshow.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-powerpoint.template.macroenabled.12<application/x-tika-ooxml application/vnd.ms-project<application/x-tika-msoffice
        application/vnd.ms-spreadsheetml<application/xml application/vnd.ms-visio=application/vnd.visio
        application/vnd.ms-visio.drawing<application/x-tika-visio-ooxml
        application/vnd.ms-visio.drawing.macroenabled.12<application/x-tika-visio-ooxml
        application/vnd.ms-visio.stencil<application/x-tika-visio-ooxml
        application/vnd.ms-visio.stencil.macroenabled.12<application/x-tika-visio-ooxml
        application/vnd.ms-visio.template<application/x-tika-visio-ooxml
        application/vnd.ms-visio.template.macroenabled.12<application/x-tika-visio-ooxml application/vnd.ms-word=application/msword
        application/vnd.ms-word.document.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-word.template.macroenabled.12<application/x-tika-ooxml application/vnd.ms-word2006ml<application/xml
        application/vnd.ms-wordml<application/xml application/vnd.ms-works<application/x-tika-msoffice
        application/vnd.ms-xpsdocument<application/x-tika-ooxml application/vnd.multiad.creator.cif<chemical/x-cif application/vnd.nitf=image/nitf
        application/vnd.oasis.opendocument.chart<application/zip application/vnd.oasis.opendocument.chart-template<application/zip
        application/vnd.oasis.opendocument.database=application/vnd.oasis.opendocument.base
        application/vnd.oasis.opendocument.flat.presentation<application/vnd.oasis.opendocument.tika.flat.document
        application/vnd.oasis.opendocument.flat.spreadsheet<application/vnd.oasis.opendocument.tika.flat.document
        application/vnd.oasis.opendocument.flat.text<application/vnd.oasis.opendocument.tika.flat.document
        application/vnd.oasis.opendocument.formula<application/zip application/vnd.oasis.opendocument.formula-template<application/zip
        application/vnd.oasis.opendocument.graphics<application/zip application/vnd.oasis.opendocument.graphics-template<application/zip
        application/vnd.oasis.opendocument.image<application/zip application/vnd.oasis.opendocument.image-template<application/zip
        application/vnd.oasis.opendocument.presentation<application/zip application/vnd.oasis.opendocument.presentation-template<application/zip
        application/vnd.oasis.opendocument.spreadsheet<application/zip application/vnd.oasis.opendocument.spreadsheet-template<application/zip
        application/vnd.oasis.opendocument.text<application/zip application/vnd.oasis.opendocument.text-master<application/zip
        application/vnd.oasis.opendocument.text-template<application/zip application/vnd.oasis.opendocument.text-web<application/zip
        application/vnd.oasis.opendocument.tika.flat.document<application/xml application/vnd.openofficeorg.autotext<application/zip
        application/vnd.openofficeorg.extension<application/zip
        application/vnd.openxmlformats-officedocument.presentationml.presentation<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.presentationml.slide<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.presentationml.slideshow<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.presentationml.template<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.spreadsheetml.template<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.wordprocessingml.document<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.wordprocessingml.template<application/x-tika-ooxml
        application/vnd.rar=application/x-rar-compressed application/vnd.sailingtracker.track<text/x-stsrc
        application/vnd.scribus<application/x-msschedule application/vnd.shp<application/x-shapefile
        application/vnd.software602.filler.form+xml<application/xslfo+xml application/vnd.stardivision.calc<application/x-tika-staroffice
        application/vnd.stardivision.draw<application/x-tika-staroffice application/vnd.stardivision.impress<application/x-tika-staroffice
        application/vnd.stardivision.writer<application/x-tika-staroffice application/vnd.sun.xml.calc<application/zip
        application/vnd.sun.xml.draw<application/zip application/vnd.sun.xml.impress<application/zip application/vnd.sun.xml.writer<application/zip
        application/vnd.sun.xml.writer.template<application/vnd.sun.xml.writer application/vnd.visio<application/x-tika-msoffice
        application/vnd.wolfram.mathematica<application/mathematica application/vnd.wolfram.mathematica.package<text/x-objcsrc
        application/vnd.wolfram.wl<application/mathematica application/x-123=application/vnd.lotus-1-2-3 application/x-acad=image/vnd.dwg
        application/x-adobe-indesign-interchange<application/xml application/x-arj-compressed=application/x-arj application/x-autocad=image/vnd.dwg
        application/x-bat<text/plain application/x-bibtex-text-file<text/plain application/x-bzip2<application/x-bzip
        application/x-cdf<application/x-netcdf application/x-cdr=application/coreldraw application/x-coredump<application/x-elf
        application/x-coreldraw=application/coreldraw application/x-corelpresentations<application/x-tika-msoffice
        application/x-dbm=application/x-berkeley-db application/x-debian-package<application/x-archive application/x-deflate=application/zlib
        application/x-dosexec<application/x-msdownload application/x-dwg=image/vnd.dwg application/x-emf=image/emf
        application/x-esri-layer<application/x-tika-msoffice application/x-executable<application/x-elf application/x-fictionbook+xml<application/xml
        application/x-font=application/x-font-type1 application/x-frame=application/vnd.mif application/x-gnumeric-spreadsheet=application/x-gnumeric
        application/x-gtar<application/x-tar application/x-gtar-compressed<application/gzip application/x-gunzip=application/gzip
        application/x-gzip=application/gzip application/x-gzip-compressed=application/gzip application/x-httpd-jsp=text/x-jsp
        application/x-hwp-v5<application/x-tika-msoffice application/x-ibooks+zip<application/epub+zip
        application/x-itunes-bplist<application/x-bplist application/x-itunes-ipa<application/zip application/x-java=application/java-vm
        application/x-java-vm=application/java-vm application/x-javascript=application/javascript application/x-kchart=application/vnd.kde.kchart
        application/x-koan=application/vnd.koan application/x-kpresenter=application/vnd.kde.kpresenter
        application/x-kspread=application/vnd.kde.kspread application/x-kword=application/vnd.kde.kword application/x-latex<application/x-tex
        application/x-maker<application/vnd.framemaker application/x-memgraph<application/x-bplist application/x-mif=application/vnd.mif
        application/x-mimearchive=multipart/related application/x-ms-asx<application/xml application/x-ms-emz=image/x-emf-compressed
        application/x-ms-installer<application/x-tika-msoffice application/x-ms-wmz<application/gzip
        application/x-msdos-program<application/x-msdownload application/x-msi=application/x-ms-installer application/x-msmetafile=image/wmf
        application/x-mspublisher<application/x-tika-msoffice application/x-mysql-misam-compressed-index<application/x-mysql-db
        application/x-mysql-misam-data<application/x-mysql-db application/x-mysql-misam-index<application/x-mysql-db
        application/x-mysql-table-definition<application/x-mysql-db application/x-object<application/x-elf application/x-ogg=application/ogg
        application/x-pdf=application/pdf application/x-plist<application/xml application/x-project<text/plain
        application/x-quattro-pro<application/x-tika-msoffice application/x-rar=application/x-rar-compressed
        application/x-redhat-package-manager<application/x-rpm application/x-roxio-toast<application/x-iso9660-image
        application/x-rss+xml=application/rss+xml application/x-ruby=text/x-ruby application/x-sas<text/plain
        application/x-setupscript=application/inf application/x-sfdu<text/plain application/x-sh<text/plain application/x-sharedlib<application/x-elf
        application/x-speex=audio/speex application/x-staroffice-template<application/x-tika-staroffice application/x-tcl=text/x-tcl
        application/x-tex<text/plain application/x-tika-iworks-protected<application/vnd.apple.iwork
        application/x-tika-java-enterprise-archive<application/java-archive application/x-tika-java-web-archive<application/java-archive
        application/x-tika-msoffice-embedded<application/x-tika-msoffice application/x-tika-msworks-spreadsheet<application/vnd.ms-excel
        application/x-tika-ooxml<application/zip application/x-tika-ooxml-protected<application/x-tika-msoffice
        application/x-tika-staroffice<application/x-tika-msoffice application/x-tika-visio-ooxml<application/x-tika-ooxml
        application/x-tmx<application/xml application/x-troff=text/troff application/x-troff-man=text/troff application/x-troff-me=text/troff
        application/x-troff-ms=text/troff application/x-unix-archive=application/x-archive application/x-vnd.datapackage+gz<application/gzip
        application/x-vnd.datapackage+json<application/json application/x-vnd.datapackage+zip<application/zip
        application/x-vnd.oasis.opendocument.chart=application/vnd.oasis.opendocument.chart
        application/x-vnd.oasis.opendocument.chart-template=application/vnd.oasis.opendocument.chart-template
        application/x-vnd.oasis.opendocument.formula=application/vnd.oasis.opendocument.formula
        application/x-vnd.oasis.opendocument.formula-template=application/vnd.oasis.opendocument.formula-template
        application/x-vnd.oasis.opendocument.graphics=application/vnd.oasis.opendocument.graphics
        application/x-vnd.oasis.opendocument.graphics-template=application/vnd.oasis.opendocument.graphics-template
        application/x-vnd.oasis.opendocument.image=application/vnd.oasis.opendocument.image
        application/x-vnd.oasis.opendocument.image-template=application/vnd.oasis.opendocument.image-template
        application/x-vnd.oasis.opendocument.presentation=application/vnd.oasis.opendocument.presentation
        application/x-vnd.oasis.opendocument.presentation-template=application/vnd.oasis.opendocument.presentation-template
        application/x-vnd.oasis.opendocument.spreadsheet=application/vnd.oasis.opendocument.spreadsheet
        application/x-vnd.oasis.opendocument.spreadsheet-template=application/vnd.oasis.opendocument.spreadsheet-template
        application/x-vnd.oasis.opendocument.text=application/vnd.oasis.opendocument.text
        application/x-vnd.oasis.opendocument.text-master=application/vnd.oasis.opendocument.text-master
        application/x-vnd.oasis.opendocument.text-template=application/vnd.oasis.opendocument.text-template
        application/x-vnd.oasis.opendocument.text-web=application/vnd.oasis.opendocument.text-web
        application/x-vnd.sun.xml.writer=application/vnd.sun.xml.writer application/x-wacz<application/x-vnd.datapackage+zip
        application/x-webarchive<application/x-bplist application/x-windows-installer=application/x-ms-installer
        application/x-wine-extension-inf=application/inf application/x-x509-ca-cert=application/x-x509-cert
        application/x-x509-user-cert=application/x-x509-cert application/x-xliff+xml<application/xml application/x-xliff+zip<application/zip
        application/x-xmind<application/zip application/x-xml=application/xml application/x-yaml=text/x-yaml application/x-yml=text/x-yaml
        application/x-zip-compressed=application/zip application/xcap-error+xml<application/patch-ops-error+xml
        application/xfdf=application/vnd.adobe.xfdf application/xliff+xml=application/x-xliff+xml application/xml<text/plain
        application/xml-dtd<text/plain application/xquery<text/plain application/yaml=text/x-yaml audio/aac=audio/x-aac audio/aiff=audio/x-aiff
        audio/amr-wb<audio/amr audio/amr-wb+<audio/amr audio/atrac-x<application/vnd.antix.game-component audio/eac3<audio/ac3
        audio/evrcnw<application/x-endnote-refer audio/flac=audio/x-flac audio/mp4<application/quicktime audio/mpegurl=audio/x-mpegurl
        audio/ogg<application/ogg audio/opus<audio/ogg audio/sp-midi=audio/midi audio/speex<audio/ogg audio/vnd.dolby.mlp=application/vnd.dolby.mlp
        audio/vorbis<audio/ogg audio/wav=audio/vnd.wave audio/wave=audio/vnd.wave audio/x-m4a=audio/mp4 audio/x-matroska<application/x-matroska
        audio/x-mp4a=audio/mp4 audio/x-mpeg=audio/mpeg audio/x-ms-wma<video/x-ms-asf audio/x-ogg-flac=audio/x-oggflac audio/x-ogg-pcm=audio/x-oggpcm
        audio/x-oggflac<audio/ogg audio/x-oggpcm<audio/ogg audio/x-realaudio=audio/x-pn-realaudio audio/x-scpls<application/pls+xml
        audio/x-sd2<application/x-sas-data-v6 audio/x-wav=audio/vnd.wave chemical/x-galactic-spc<application/x-pkcs7-certificates
        chemical/x-mopac-vib<application/x-msmediaview chemical/x-ncbi-asn1-ascii<application/x-prt drawing/dwg=image/vnd.dwg
        drawing/x-dwf=model/vnd.dwf font/collection<application/x-font-ttf font/otf=application/x-font-otf font/ttf=application/x-font-ttf
        gzip/document=application/gzip image/cdr=application/coreldraw image/dpx=image/x-dpx image/fits<application/fits image/heic<image/heif
        image/heic-sequence<image/heif-sequence image/heif<video/quicktime image/heif-sequence<video/quicktime image/hevc=image/heic
        image/hevc-sequence=image/heic-sequence image/jp2<image/x-jp2-container image/jpm<image/x-jp2-container image/jpx<image/x-jp2-container
        image/ntf=image/nitf image/svg+xml<application/xml image/vnd.adobe.premiere<application/xml image/vnd.dgn<application/x-tika-msoffice
        image/vnd.radiance<application/envi.hdr image/x-bmp=image/bmp image/x-canon-cr2=image/x-raw-canon image/x-canon-crw=image/x-raw-canon
        image/x-cdr=application/coreldraw image/x-coreldraw=application/coreldraw image/x-dcx=image/vnd.zbrush.dcx image/x-dwg=image/vnd.dwg
        image/x-emf=image/emf image/x-emf-compressed<application/gzip image/x-epson-erf=image/x-raw-epson image/x-icon=image/vnd.microsoft.icon
        image/x-jb2=image/x-jbig2 image/x-jng=video/x-jng image/x-ms-bmp=image/bmp image/x-nikon-nef=image/x-raw-nikon
        image/x-olympus-orf=image/x-raw-olympus image/x-pc-paintbrush=image/vnd.zbrush.pcx image/x-pcx=image/vnd.zbrush.pcx
        image/x-portable-bitmap<image/x-portable-anymap image/x-portable-graymap<image/x-portable-anymap
        image/x-portable-pixmap<image/x-portable-anymap image/x-psd=image/vnd.adobe.photoshop image/x-targa=image/x-tga image/x-wmf=image/wmf
        image/x-xbitmap<text/x-c image/xcf=image/x-xcf message/news<text/x-tika-text-based-message message/rfc2557=multipart/related
        message/rfc822<text/x-tika-text-based-message message/x-emlx<text/x-tika-text-based-message model/prc<application/x-mobipocket-ebook
        model/stl=application/vnd.ms-pki.stl model/vnd.dwfx+xps<application/x-tika-ooxml model/x3d+xml<application/vnd.hzn-3d-crossword
        multipart/related<message/rfc822 text/asp<text/plain text/aspdotnet<text/plain text/cache-manifest<text/plain text/calendar<text/plain
        text/css<text/plain text/csv<text/plain text/iso19139+xml<application/xml text/javascript=application/javascript text/jcr-cnd<text/plain
        text/markdown=text/x-web-markdown text/n3<text/plain text/properties=text/x-java-properties text/prs.fallenstein.rst=text/x-rst
        text/rss=application/rss+xml text/rtf=application/rtf text/vcard=text/x-vcard text/vnd.a<application/x-archive text/vnd.graphviz<text/plain
        text/vnd.yaml=text/x-yaml text/vtt<text/plain text/x-actionscript<text/plain text/x-ada<text/plain text/x-applescript<text/plain
        text/x-asciidoc<text/plain text/x-asm=text/x-assembly text/x-aspectj<text/plain text/x-assembly<text/plain text/x-awk<text/plain
        text/x-basic<text/plain text/x-bibtex=application/x-bibtex-text-file text/x-c=text/x-csrc text/x-c++hdr<text/plain text/x-c++src<text/plain
        text/x-cgi<text/plain text/x-chdr<text/plain text/x-clojure<text/plain text/x-cobol<text/plain text/x-coffeescript<text/plain
        text/x-coldfusion<text/plain text/x-common-lisp<text/plain text/x-component<text/plain text/x-config<text/plain text/x-csharp<text/plain
        text/x-csrc<text/plain text/x-d<text/plain text/x-diff<text/plain text/x-dsrc<text/x-d text/x-dtd=application/xml-dtd text/x-eiffel<text/plain
        text/x-emacs-lisp<text/plain text/x-erlang<text/plain text/x-expect<text/plain text/x-forth<text/plain text/x-fortran<text/plain
        text/x-go<text/plain text/x-groovy<text/plain text/x-haml<text/plain text/x-haskell<text/plain text/x-haxe<text/plain text/x-idl<text/plain
        text/x-ini<text/plain text/x-java=text/x-java-source text/x-java-properties<text/plain text/x-java-source<text/plain text/x-jsp<text/plain
        text/x-less<text/plain text/x-lex<text/plain text/x-literate-haskell<text/x-haskell text/x-log<text/plain text/x-lua<text/plain
        text/x-makefile<text/plain text/x-matlab<text/plain text/x-ml<text/plain text/x-modula<text/plain text/x-objcsrc<text/plain
        text/x-ocaml<text/plain text/x-pascal<text/plain text/x-perl<text/plain text/x-php<text/plain text/x-prolog<text/plain
        text/x-properties=text/x-java-properties text/x-python<text/plain text/x-rexx<text/plain text/x-robots<text/plain text/x-rsrc<text/plain
        text/x-rst<text/plain text/x-ruby<text/plain text/x-scala<text/plain text/x-scheme<text/plain text/x-sed<text/plain text/x-setext<text/plain
        text/x-sql<text/plain text/x-stsrc<text/plain text/x-tcl<text/plain text/x-tex=application/x-tex text/x-texinfo=application/x-texinfo
        text/x-vbasic<text/x-basic text/x-vbdotnet<text/x-vbasic text/x-vbscript<text/x-vbasic text/x-vcalendar<text/plain text/x-vcard<text/plain
        text/x-verilog<text/plain text/x-vhdl<text/plain text/x-web-markdown<text/plain text/x-yacc<text/plain text/x-yaml<text/plain
        text/x-yml=text/x-yaml text/xml=application/xml text/xml-external-parsed-entity=application/xml-external-parsed-entity
        text/xsl=application/xslfo+xml text/yaml=text/x-yaml video/avi=video/x-msvideo video/daala<video/ogg video/dv<application/dif+xml
        video/fli=video/x-fli video/iso.segment<video/quicktime video/jpm=image/jpm video/mj2<image/x-jp2-container video/mp4<video/quicktime
        video/msvideo=video/x-msvideo video/ogg<application/ogg video/quicktime<application/quicktime video/theora<video/ogg
        video/webm<application/x-matroska video/x-daala=video/daala video/x-dirac<video/ogg video/x-m4v<video/mp4
        video/x-matroska<application/x-matroska video/x-ms-wmv<video/x-ms-asf video/x-ogg-rgb=video/x-oggrgb video/x-ogg-uvs=video/x-ogguvs
        video/x-ogg-yuv=video/x-oggyuv video/x-oggrgb<video/ogg video/x-ogguvs<video/ogg video/x-oggyuv<video/ogg video/x-ogm<video/ogg
        video/x-theora=video/theora
        """
}
