// Written by Scripts/file-kinds.py; not to be changed by hand. NOTICE says where it comes from.

extension FileKindTable {
    /// Other names of kinds, `name=kind`, and the forms that the files of a kind are stored in, `kind<form,form`.
    static let relations = """
        application/7z=application/x-7z-compressed application/acad=image/vnd.dwg application/acrobat=application/pdf
        application/annodex<application/ogg,audio/ogg,video/ogg application/autocad_dwg=image/vnd.dwg application/bat=application/x-bat
        application/binhex=application/mac-binhex40 application/bizagi-modeler<application/zip application/bmp=image/bmp
        application/bzip2=application/x-bzip2 application/cdfv2=application/x-tika-msoffice application/cdr=application/coreldraw
        application/cellml+xml<application/xml application/coreldraw<application/zip application/dash+xml<application/xml
        application/dif+xml<application/xml application/dita+xml<application/xml application/doc=application/msword application/dwg=image/vnd.dwg
        application/eps=application/postscript application/excel=application/vnd.ms-excel application/exe=application/x-msdownload
        application/express<text/x-expect application/fdf=application/vnd.fdf application/font-sfnt=font/sfnt application/font-woff=font/woff
        application/font-woff2=font/woff2 application/futuresplash=application/x-futuresplash application/geopackage+sqlite3<application/vnd.sqlite3
        application/gzip-compressed=application/gzip application/gzipped=application/gzip application/illustrator<application/postscript
        application/inf<text/plain application/java-archive<application/zip application/javascript<text/plain application/json<application/javascript
        application/kate<application/ogg application/mac-binhex=application/mac-binhex40 application/mac-binhex40<text/plain
        application/manifest+json<application/json application/mathematica<text/plain application/matlab-mat=application/x-matlab-data
        application/mbox<text/x-tika-text-based-message application/mp4<video/mp4 application/ms-tnef=application/vnd.ms-tnef
        application/msaccess=application/x-msaccess application/msexcel=application/vnd.ms-excel application/msonenote=application/onenote
        application/mspowerpoint=application/vnd.ms-powerpoint application/msword<application/x-tika-msoffice
        application/onenote<application/vnd.ms-cab-compressed application/oxps=application/vnd.ms-xpsdocument
        application/pem-certificate-chain<application/x-x509-cert,text/plain application/pgp=application/pgp-encrypted
        application/pgp-keys<application/pgp-signature application/photoshop=image/vnd.adobe.photoshop application/pkcs12=application/x-pkcs12
        application/pkix-attr-cert<text/plain application/pkix-cert<application/x-x509-cert application/powerpoint=application/vnd.ms-powerpoint
        application/ps=application/postscript application/rar=application/x-rar-compressed application/rdf+xml<application/xml
        application/relax-ng-compact-syntax<text/plain application/rtf< application/simple-filter+xml<text/x-common-lisp
        application/sldworks<application/x-tika-msoffice application/smil=application/smil+xml application/smil+xml<application/xml
        application/sql=text/x-sql application/tar=application/x-tar application/vnd.adobe.flash.movie=application/x-shockwave-flash
        application/vnd.adobe.fxp<application/zip application/vnd.adobe.indesign-idml-package<application/zip
        application/vnd.adobe.xdp+xml<application/xml application/vnd.adobe.xfdf<application/xml application/vnd.afpc.modca<application/vnd.ibm.modcap
        application/vnd.android.ota<application/zip application/vnd.android.package-archive<application/java-archive
        application/vnd.anki<application/zip application/vnd.apple.installer+xml<application/xml,application/x-xar
        application/vnd.apple.iwork<application/zip application/vnd.apple.keynote<application/vnd.apple.iwork application/vnd.apple.mpegurl<text/plain
        application/vnd.apple.numbers<application/vnd.apple.iwork application/vnd.apple.pages<application/vnd.apple.iwork
        application/vnd.apple.unknown.13<application/zip application/vnd.aristanetworks.swi=application/vnd.arastra.swi
        application/vnd.audiograph<application/vnd.adobe.aftereffects.project application/vnd.balsamiq.bmpr<application/vnd.sqlite3
        application/vnd.chess-pgn=application/x-chess-pgn application/vnd.cloanto.rp9<application/zip application/vnd.coffeescript=text/x-coffeescript
        application/vnd.comicbook-rar<application/x-rar-compressed application/vnd.corel-draw=application/coreldraw
        application/vnd.dbf=application/x-dbf application/vnd.debian.binary-package=application/x-debian-package
        application/vnd.dece.zip<application/zip application/vnd.etsi.asic-e+zip<application/zip application/vnd.etsi.asic-s+zip<application/zip
        application/vnd.exstream-package<application/x-mspublisher application/vnd.geogebra.file<application/zip
        application/vnd.geogebra.slides<application/zip application/vnd.geogebra.tool<application/zip
        application/vnd.google-earth.kml+xml<application/xml application/vnd.google-earth.kmz<application/zip
        application/vnd.ims.imsccv1p1<application/zip application/vnd.ipld.car=application/vnd.curl.car
        application/vnd.iptc.g2.newsmessage+xml<application/xml application/vnd.java.hprof.text<text/plain
        application/vnd.kde.karbon<application/zip,application/gzip application/vnd.kde.kchart<application/zip,application/gzip
        application/vnd.kde.kformula<application/zip,application/gzip application/vnd.kde.kivio<application/zip,application/gzip
        application/vnd.kde.kontour<application/zip,application/gzip application/vnd.kde.kpresenter<application/zip,application/gzip
        application/vnd.kde.kspread<application/zip,application/gzip application/vnd.kde.kword<application/zip,application/gzip
        application/vnd.lotus-screencam<text/x-scheme application/vnd.microsoft.portable-executable=application/x-msdownload
        application/vnd.mif<text/plain application/vnd.mindjet.mindmanager<application/zip application/vnd.ms-3mfdocument<application/zip
        application/vnd.ms-asf=video/x-ms-asf application/vnd.ms-excel<application/x-tika-msoffice
        application/vnd.ms-excel.addin.macroenabled.12<application/x-tika-ooxml application/vnd.ms-excel.sheet.2<application/x-tika-old-excel
        application/vnd.ms-excel.sheet.3<application/x-tika-old-excel application/vnd.ms-excel.sheet.4<application/x-tika-old-excel
        application/vnd.ms-excel.sheet.binary.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-excel.sheet.macroenabled.12<application/x-tika-ooxml
        application/vnd.ms-excel.template.macroenabled.12<application/x-tika-ooxml application/vnd.ms-excel.workspace.3<application/x-tika-old-excel
        application/vnd.ms-excel.workspace.4<application/x-tika-old-excel
        application/vnd.ms-officetheme<application/vnd.openxmlformats-officedocument.presentationml.presentation
        application/vnd.ms-opentype=application/x-font-otf application/vnd.ms-outlook<application/x-tika-msoffice
        application/vnd.ms-powerpoint<application/x-tika-msoffice application/vnd.ms-powerpoint.addin.macroenabled.12<application/x-tika-ooxml
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
        application/vnd.oasis.opendocument.base<application/zip application/vnd.oasis.opendocument.chart<application/zip
        application/vnd.oasis.opendocument.chart-template<application/zip
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
        application/vnd.oasis.opendocument.tika.flat.document<application/xml application/vnd.olpc-sugar<application/zip
        application/vnd.openofficeorg.autotext<application/zip application/vnd.openofficeorg.extension<application/zip
        application/vnd.openxmlformats-officedocument.presentationml.presentation<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.presentationml.slide<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.presentationml.slideshow<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.presentationml.template<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.spreadsheetml.template<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.wordprocessingml.document<application/x-tika-ooxml
        application/vnd.openxmlformats-officedocument.wordprocessingml.template<application/x-tika-ooxml application/vnd.osgi.dp<application/zip
        application/vnd.osgi.subsystem<application/zip application/vnd.pdf=application/pdf application/vnd.rar=application/x-rar-compressed
        application/vnd.recordare.musicxml<application/zip application/vnd.sailingtracker.track<text/x-stsrc
        application/vnd.scribus<application/xml,application/gzip application/vnd.shp<application/x-shapefile
        application/vnd.sigrok.session<application/zip application/vnd.smart.notebook<application/zip
        application/vnd.software602.filler.form+xml<application/xslfo+xml application/vnd.stardivision.calc<application/x-tika-staroffice
        application/vnd.stardivision.chart<application/x-tika-msoffice application/vnd.stardivision.draw<application/x-tika-staroffice
        application/vnd.stardivision.impress<application/x-tika-staroffice application/vnd.stardivision.math<application/x-tika-msoffice
        application/vnd.stardivision.writer<application/x-tika-staroffice application/vnd.stardivision.writer-global<application/x-tika-msoffice
        application/vnd.stepmania.package<application/zip application/vnd.sun.xml.calc<application/zip
        application/vnd.sun.xml.calc.template<application/zip application/vnd.sun.xml.draw<application/zip
        application/vnd.sun.xml.draw.template<application/zip application/vnd.sun.xml.impress<application/zip
        application/vnd.sun.xml.impress.template<application/zip application/vnd.sun.xml.math<application/zip
        application/vnd.sun.xml.writer<application/zip application/vnd.sun.xml.writer.global<application/zip
        application/vnd.sun.xml.writer.template<application/vnd.sun.xml.writer application/vnd.visio<application/x-tika-msoffice
        application/vnd.wolfram.mathematica<application/mathematica application/vnd.wolfram.mathematica.package<text/x-objcsrc
        application/vnd.wolfram.wl<application/mathematica application/widget<application/zip application/x-123=application/vnd.lotus-1-2-3
        application/x-7z=application/x-7z-compressed application/x-abiword<application/xml,application/gzip application/x-acad=image/vnd.dwg
        application/x-adobe-indesign-interchange<application/xml application/x-arj-compressed=application/x-arj application/x-autocad=image/vnd.dwg
        application/x-bat<text/plain application/x-bibtex-text-file<text/plain application/x-bz2=application/x-bzip2
        application/x-bzip2<application/x-bzip application/x-cdf<application/x-netcdf application/x-cdr=application/coreldraw
        application/x-cfb=application/x-tika-msoffice application/x-compressed-tar=application/x-gtar-compressed
        application/x-coredump<application/x-elf application/x-coreldraw=application/coreldraw
        application/x-corelpresentations<application/x-tika-msoffice application/x-dbm=application/x-berkeley-db
        application/x-debian-package<application/x-archive application/x-deflate=application/zlib application/x-dosexec<application/x-msdownload
        application/x-dwg=image/vnd.dwg application/x-emf=image/emf application/x-endnote-refer<text/plain application/x-eps=application/postscript
        application/x-epub+zip=application/epub+zip application/x-esri-layer<application/x-tika-msoffice application/x-excel=application/vnd.ms-excel
        application/x-exe=application/x-msdownload application/x-executable<application/x-elf application/x-fictionbook+xml<application/xml
        application/x-flash-video=video/x-flv application/x-font=application/x-font-type1 application/x-font-adobe-metric<text/plain
        application/x-font-opentype=application/x-font-otf application/x-font-otf<application/x-font-ttf,font/sfnt
        application/x-font-truetype=application/x-font-ttf application/x-font-ttf<font/sfnt application/x-font-woff=font/woff
        application/x-frame=application/vnd.mif application/x-gnucash<application/xml,application/gzip
        application/x-gnumeric<application/xml,application/gzip application/x-gnumeric-spreadsheet=application/x-gnumeric
        application/x-gtar<application/x-tar application/x-gtar-compressed<application/gzip,application/x-compress
        application/x-gunzip=application/gzip application/x-gzip=application/gzip application/x-gzip-compressed=application/gzip
        application/x-httpd-jsp=text/x-jsp application/x-httpresponse<text/plain application/x-hwp<application/x-tika-msoffice
        application/x-hwp-v5<application/x-tika-msoffice application/x-ibooks+zip<application/epub+zip application/x-internet-archive<text/plain
        application/x-isatab<text/plain application/x-isatab-assay<text/plain application/x-isatab-investigation<text/plain
        application/x-itunes-bplist<application/x-bplist application/x-itunes-ipa<application/zip
        application/x-iwork-keynote-sffkey=application/vnd.apple.keynote application/x-iwork-numbers-sffnumbers=application/vnd.apple.numbers
        application/x-iwork-pages-sffpages=application/vnd.apple.pages application/x-jar=application/java-archive
        application/x-java=application/java-vm application/x-java-archive=application/java-archive application/x-java-vm=application/java-vm
        application/x-javascript=application/javascript application/x-jmol<application/zip application/x-kchart=application/vnd.kde.kchart
        application/x-kdelnk<text/plain application/x-koan=application/vnd.koan application/x-kpresenter=application/vnd.kde.kpresenter
        application/x-kspread=application/vnd.kde.kspread application/x-kword=application/vnd.kde.kword application/x-latex<application/x-tex
        application/x-lharc=application/x-lha application/x-lzh=application/x-lha application/x-lzh-compressed=application/x-lha
        application/x-maker<application/vnd.framemaker application/x-memgraph<application/x-bplist application/x-midi=audio/midi
        application/x-mif=application/vnd.mif application/x-mimearchive=multipart/related application/x-ms-asf=video/x-ms-asf
        application/x-ms-asx<application/xml application/x-ms-emz=image/x-emf-compressed application/x-ms-excel=application/vnd.ms-excel
        application/x-ms-installer<application/x-tika-msoffice application/x-ms-wmz<application/gzip
        application/x-msbinder<application/x-tika-msoffice application/x-msdos-program<application/x-msdownload
        application/x-msexcel=application/vnd.ms-excel application/x-msi=application/x-ms-installer application/x-msmetafile=image/wmf
        application/x-mspowerpoint=application/vnd.ms-powerpoint application/x-mspublisher<application/x-tika-msoffice
        application/x-msword=application/msword application/x-mysql-misam-compressed-index<application/x-mysql-db
        application/x-mysql-misam-data<application/x-mysql-db application/x-mysql-misam-index<application/x-mysql-db
        application/x-mysql-table-definition<application/x-mysql-db application/x-netcdf<application/x-hdf application/x-object<application/x-elf
        application/x-ogg=application/ogg application/x-ole-storage=application/x-tika-msoffice application/x-pdf=application/pdf
        application/x-photoshop=image/vnd.adobe.photoshop application/x-plist<application/xml,application/x-bplist
        application/x-postscript=application/postscript application/x-project<text/plain application/x-prt<text/plain
        application/x-ps=application/postscript application/x-quattro-pro<application/x-tika-msoffice application/x-rar=application/x-rar-compressed
        application/x-redhat-package-manager<application/x-rpm application/x-roxio-toast<application/x-iso9660-image
        application/x-rss+xml=application/rss+xml application/x-rtf=application/rtf application/x-ruby=text/x-ruby application/x-sas<text/plain
        application/x-sc<text/plain application/x-setupscript=application/inf application/x-sfdu<text/plain application/x-sh<text/plain
        application/x-sharedlib<application/x-elf application/x-silverlight-app<application/zip application/x-speex=audio/speex
        application/x-sqlite3=application/vnd.sqlite3 application/x-staroffice-template<application/x-tika-staroffice application/x-tcl=text/x-tcl
        application/x-tex<text/plain application/x-texinfo<text/plain application/x-tgz=application/x-gtar-compressed
        application/x-tika-iworks-protected<application/vnd.apple.iwork application/x-tika-java-enterprise-archive<application/java-archive
        application/x-tika-java-web-archive<application/java-archive application/x-tika-msoffice-embedded<application/x-tika-msoffice
        application/x-tika-msworks-spreadsheet<application/vnd.ms-excel application/x-tika-ooxml<application/zip,application/x-tika-msoffice
        application/x-tika-ooxml-protected<application/x-tika-msoffice application/x-tika-staroffice<application/x-tika-msoffice
        application/x-tika-visio-ooxml<application/x-tika-ooxml application/x-tmx<application/xml application/x-troff=text/troff
        application/x-troff-man=text/troff application/x-troff-me=text/troff application/x-troff-ms=text/troff
        application/x-troff-msvideo=video/x-msvideo application/x-truetype-font=application/x-font-ttf
        application/x-unix-archive=application/x-archive application/x-ustar<application/x-tar application/x-vnd.datapackage+gz<application/gzip
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
        application/x-wine-extension-inf=application/inf application/x-winexe=application/x-msdownload
        application/x-x509-ca-cert=application/x-x509-cert application/x-x509-dsa-parameters<text/plain application/x-x509-ec-parameters<text/plain
        application/x-x509-key<text/plain application/x-x509-user-cert=application/x-x509-cert application/x-xliff+xml<application/xml
        application/x-xliff+zip<application/zip application/x-xmind<application/zip application/x-xml=application/xml
        application/x-xpinstall<application/zip application/x-yaml=text/x-yaml application/x-yml=text/x-yaml application/x-zip=application/zip
        application/x-zip-compressed=application/zip application/x-zstd=application/zstd application/xcap-error+xml<application/patch-ops-error+xml
        application/xfdf=application/vnd.adobe.xfdf application/xliff+xml=application/x-xliff+xml application/xml<text/plain
        application/xml-dtd<text/plain application/xquery<text/plain application/yaml=text/x-yaml audio/3gpp<video/3gpp,video/mp4
        audio/3gpp2<video/3gpp2,video/3gpp,video/mp4 audio/aac=audio/x-aac audio/aacp=audio/x-aac audio/ac3<audio/mpeg audio/aifc=audio/x-aiff
        audio/aiff=audio/x-aiff audio/amr-wb<audio/amr audio/amr-wb+<audio/amr audio/annodex<audio/ogg,application/annodex
        audio/atrac-x<application/vnd.antix.game-component audio/atrac3<audio/vnd.wave audio/au=audio/basic audio/eac3<audio/ac3,audio/mpeg
        audio/evrcnw<application/x-endnote-refer audio/flac=audio/x-flac audio/m4a=audio/mp4 audio/m4b=audio/mp4 audio/matroska=audio/x-matroska
        audio/mid=audio/midi audio/mp2=audio/mpeg audio/mp3=audio/mpeg audio/mp4<video/mp4,video/3gpp,video/3gpp2 audio/mpa=audio/mpeg
        audio/mpeg3=audio/mpeg audio/mpegurl=audio/x-mpegurl audio/mpg=audio/mpeg audio/ogg<application/ogg audio/opus<audio/ogg
        audio/sp-midi<audio/midi audio/speex<audio/ogg audio/vnd.dece.audio<video/mp4 audio/vnd.dolby.mlp=application/vnd.dolby.mlp
        audio/vnd.rn-realaudio=audio/x-pn-realaudio audio/vnd.wav=audio/vnd.wave audio/vorbis<audio/ogg audio/wav=audio/vnd.wave
        audio/wave=audio/vnd.wave audio/webm<video/webm audio/wma=audio/x-ms-wma audio/x-aac<audio/mpeg audio/x-ac3=audio/ac3
        audio/x-aifc=audio/x-aiff audio/x-amr=audio/amr audio/x-au=audio/basic audio/x-flac+ogg=audio/ogg audio/x-hx-aac-adts=audio/x-aac
        audio/x-m4a=audio/mp4 audio/x-m4b=audio/mp4 audio/x-m4p=audio/mp4 audio/x-m4r=audio/mp4 audio/x-matroska<video/x-matroska
        audio/x-mid=audio/midi audio/x-midi=audio/midi audio/x-mp2=audio/mpeg audio/x-mp3=audio/mpeg audio/x-mp4=audio/mp4 audio/x-mp4a=audio/mp4
        audio/x-mpeg=audio/mpeg audio/x-mpeg-3=audio/mpeg audio/x-mpeg3=audio/mpeg audio/x-mpegurl<text/plain audio/x-mpg=audio/mpeg
        audio/x-ms-wma<video/x-ms-asf audio/x-ogg=audio/ogg audio/x-ogg-flac=audio/x-oggflac audio/x-ogg-pcm=audio/x-oggpcm audio/x-oggflac<audio/ogg
        audio/x-oggpcm<audio/ogg audio/x-opus+ogg=audio/ogg audio/x-pn-realaudio<application/vnd.rn-realmedia audio/x-pn-wav=audio/vnd.wave
        audio/x-realaudio=audio/x-pn-realaudio audio/x-scpls<application/pls+xml audio/x-sd2<application/x-sas-data-v6 audio/x-speex=audio/speex
        audio/x-speex+ogg=audio/ogg audio/x-vorbis=audio/ogg audio/x-vorbis+ogg=audio/ogg audio/x-wav=audio/vnd.wave audio/x-webm=audio/webm
        audio/x-wma=audio/x-ms-wma chemical/x-galactic-spc<application/x-pkcs7-certificates chemical/x-mopac-vib<application/x-msmediaview
        chemical/x-ncbi-asn1-ascii<application/x-prt drawing/dwg=image/vnd.dwg drawing/x-dwf=model/vnd.dwf font/collection<font/sfnt
        font/opentype=application/x-font-otf font/otf=application/x-font-otf font/ttf=application/x-font-ttf gzip/document=application/gzip
        image/apng<image/png image/avci<image/heif,image/heif-sequence image/avcs<image/heif,image/heif-sequence
        image/avif<image/heif,image/heif-sequence image/avif-sequence=image/avif image/cdr=application/coreldraw image/djvu=image/vnd.djvu
        image/dng=image/x-adobe-dng image/dpx=image/x-dpx image/eps=application/postscript image/fits<application/fits
        image/heic<image/heif,image/heif-sequence image/heic-sequence<image/heif,image/heif-sequence image/heif<video/mp4
        image/heif-sequence<video/mp4 image/hej2k<image/heif,image/heif-sequence image/hevc=image/heic image/hevc-sequence=image/heic-sequence
        image/hsj2<image/heif,image/heif-sequence image/ico=image/vnd.microsoft.icon image/icon=image/vnd.microsoft.icon image/jfif=image/jpeg
        image/jp2<image/x-jp2-container image/jpeg2000=image/jp2 image/jpeg2000-image=image/jp2 image/jpg=image/jpeg image/jph<image/x-jp2-container
        image/jpm<image/x-jp2-container image/jpx<image/x-jp2-container image/ntf=image/nitf image/pjpeg=image/jpeg
        image/psd=image/vnd.adobe.photoshop image/svg=image/svg+xml image/svg+xml<application/xml,application/gzip image/tif=image/tiff
        image/tiff-fx<image/tiff image/vnd.adobe.premiere<application/xml image/vnd.dgn<application/x-tika-msoffice
        image/vnd.djvu+multipage=image/vnd.djvu image/vnd.fpx<application/x-tika-msoffice image/vnd.mozilla.apng=image/apng
        image/vnd.ms-photo=image/jxr image/vnd.net-fpx<application/x-tika-msoffice image/vnd.radiance<application/envi.hdr image/vnd.xiff<image/tiff
        image/x-adobe-dng<image/tiff image/x-apng=image/apng image/x-avif=image/avif image/x-bitmap=image/bmp image/x-bmp=image/bmp
        image/x-canon-cr2<image/tiff image/x-canon-cr3<video/mp4 image/x-canon-crw<image/x-raw-canon image/x-cdr=application/coreldraw
        image/x-coreldraw=application/coreldraw image/x-coreldrawpattern<application/coreldraw image/x-coreldrawtemplate<application/coreldraw
        image/x-dcx=image/vnd.zbrush.dcx image/x-djvu=image/vnd.djvu image/x-dng=image/x-adobe-dng image/x-dwg=image/vnd.dwg image/x-emf=image/emf
        image/x-emf-compressed<application/gzip image/x-eps=application/postscript image/x-epson-erf=image/x-raw-epson
        image/x-fuji-raf=image/x-raw-fuji image/x-gif=image/gif image/x-heic=image/heic image/x-heif=image/heif image/x-icns=image/icns
        image/x-ico=image/vnd.microsoft.icon image/x-icon=image/vnd.microsoft.icon image/x-jb2=image/x-jbig2 image/x-jng=video/x-jng
        image/x-jpeg=image/jpeg image/x-jpeg2000-image=image/jp2 image/x-jpg=image/jpeg image/x-kodak-kdc=image/x-raw-kodak
        image/x-minolta-mrw=image/x-raw-minolta image/x-ms-bmp=image/bmp image/x-nikon-nef=image/x-raw-nikon image/x-nikon-nrw=image/x-raw-nikon
        image/x-olympus-orf=image/x-raw-olympus image/x-panasonic-raw=image/x-raw-panasonic image/x-panasonic-rw2=image/x-raw-panasonic
        image/x-pc-paintbrush=image/vnd.zbrush.pcx image/x-pcx=image/vnd.zbrush.pcx image/x-pentax-pef=image/x-raw-pentax
        image/x-photoshop=image/vnd.adobe.photoshop image/x-png=image/png image/x-portable-bitmap<image/x-portable-anymap
        image/x-portable-graymap<image/x-portable-anymap image/x-portable-pixmap<image/x-portable-anymap image/x-psd=image/vnd.adobe.photoshop
        image/x-raw-adobe=image/x-adobe-dng image/x-raw-canon<image/tiff image/x-raw-casio<image/tiff image/x-raw-epson<image/tiff
        image/x-raw-hasselblad<image/tiff image/x-raw-imacon<image/tiff image/x-raw-kodak<image/tiff image/x-raw-leaf<image/tiff
        image/x-raw-mamiya<image/tiff image/x-raw-nikon<image/tiff image/x-raw-panasonic<image/tiff image/x-raw-pentax<image/tiff
        image/x-raw-phaseone<image/tiff image/x-raw-sony<image/tiff image/x-samsung-srw<image/tiff image/x-sigma-x3f=image/x-raw-sigma
        image/x-sony-arw=image/x-raw-sony image/x-sony-sr2=image/x-raw-sony image/x-sony-srf=image/x-raw-sony image/x-svg=image/svg+xml
        image/x-targa=image/x-tga image/x-tif=image/tiff image/x-tiff=image/tiff image/x-webp=image/webp image/x-win-bitmap=image/bmp
        image/x-windows-bmp=image/bmp image/x-wmf=image/wmf image/x-xbitmap<text/x-c image/x-xpixmap<text/plain image/xcf=image/x-xcf
        message/news<text/x-tika-text-based-message message/rfc2557=multipart/related message/rfc822<text/x-tika-text-based-message
        message/x-emlx<text/x-tika-text-based-message model/3mf<application/zip model/prc<application/x-mobipocket-ebook
        model/stl=application/vnd.ms-pki.stl model/vnd.dwfx+xps<application/x-tika-ooxml model/vrml<application/gzip,text/plain
        model/x3d+xml<application/xml,application/gzip model/x3d-vrml<application/gzip,text/plain multipart/related<message/rfc822
        multipart/x-zip=application/zip text/asp<text/plain text/aspdotnet<text/plain text/cache-manifest<text/plain text/calendar<text/plain
        text/css<text/plain text/csv<text/plain text/iso19139+xml<application/xml text/javascript=application/javascript text/jcr-cnd<text/plain
        text/markdown=text/x-web-markdown text/n3<text/plain text/pdf=application/pdf text/properties=text/x-java-properties
        text/prs.fallenstein.rst=text/x-rst text/rss=application/rss+xml text/rtf=application/rtf text/vcard=text/x-vcard
        text/vnd.a<application/x-archive text/vnd.graphviz<text/plain text/vnd.yaml=text/x-yaml text/vtt<text/plain text/x-actionscript<text/plain
        text/x-ada<text/plain text/x-applescript<text/plain text/x-asciidoc<text/plain text/x-asm=text/x-assembly text/x-aspectj<text/plain
        text/x-assembly<text/plain text/x-awk<text/plain text/x-basic<text/plain text/x-bibtex=application/x-bibtex-text-file text/x-c=text/x-csrc
        text/x-c++hdr<text/plain text/x-c++src<text/plain text/x-cgi<text/plain text/x-chdr<text/plain text/x-clojure<text/plain
        text/x-cobol<text/plain text/x-coffeescript<text/plain text/x-coldfusion<text/plain text/x-common-lisp<text/plain text/x-component<text/plain
        text/x-config<text/plain text/x-csharp<text/plain text/x-csrc<text/plain text/x-d<text/plain text/x-diff<text/plain text/x-dsrc<text/x-d
        text/x-dtd=application/xml-dtd text/x-eiffel<text/plain text/x-emacs-lisp<text/plain text/x-erlang<text/plain text/x-expect<text/plain
        text/x-forth<text/plain text/x-fortran<text/plain text/x-go<text/plain text/x-groovy<text/plain text/x-haml<text/plain
        text/x-haskell<text/plain text/x-haxe<text/plain text/x-idl<text/plain text/x-ini<text/plain text/x-java=text/x-java-source
        text/x-java-properties<text/plain text/x-java-source<text/plain text/x-jsp<text/plain text/x-less<text/plain text/x-lex<text/plain
        text/x-literate-haskell<text/x-haskell text/x-log<text/plain text/x-lua<text/plain text/x-makefile<text/plain text/x-matlab<text/plain
        text/x-ml<text/plain text/x-modula<text/plain text/x-objcsrc<text/plain text/x-ocaml<text/plain text/x-pascal<text/plain
        text/x-pdf=application/pdf text/x-perl<text/plain text/x-php<text/plain text/x-prolog<text/plain text/x-properties=text/x-java-properties
        text/x-python<text/plain text/x-rexx<text/plain text/x-robots<text/plain text/x-rsrc<text/plain text/x-rst<text/plain
        text/x-rtf=application/rtf text/x-ruby<text/plain text/x-scala<text/plain text/x-scheme<text/plain text/x-sed<text/plain
        text/x-setext<text/plain text/x-sql<text/plain text/x-stsrc<text/plain text/x-tcl<text/plain text/x-tex=application/x-tex
        text/x-texinfo=application/x-texinfo text/x-vbasic<text/x-basic text/x-vbdotnet<text/x-vbasic text/x-vbscript<text/x-vbasic
        text/x-vcalendar<text/plain text/x-vcard<text/plain text/x-verilog<text/plain text/x-vhdl<text/plain text/x-web-markdown<text/plain
        text/x-yacc<text/plain text/x-yaml<text/plain text/x-yml=text/x-yaml text/xml=application/xml
        text/xml-external-parsed-entity=application/xml-external-parsed-entity text/xsl=application/xslfo+xml text/yaml=text/x-yaml
        video/3g2=video/3gpp2 video/3gp=video/3gpp video/3gpp<video/mp4 video/3gpp2<video/3gpp,video/mp4 video/annodex<video/ogg,application/annodex
        video/asf=video/x-ms-asf video/avi=video/x-msvideo video/daala<video/ogg video/divx=video/x-msvideo video/dv<application/dif+xml
        video/fli=video/x-fli video/flv=video/x-flv video/iso.segment<video/mp4 video/jpm=image/jpm video/m4v=video/mp4
        video/matroska=video/x-matroska video/matroska-3d<video/x-matroska video/mj2<image/x-jp2-container video/mkv=video/x-matroska
        video/mov=video/quicktime video/mp2p=video/mpeg video/mp4<video/quicktime,video/iso.segment video/mpeg2=video/mpeg video/mpg=video/mpeg
        video/msvideo=video/x-msvideo video/ogg<audio/ogg video/ogm=video/ogg video/quicktime<video/mp4 video/theora<video/ogg
        video/vnd.avi=video/x-msvideo video/vnd.dece.hd<video/mp4 video/vnd.dece.mobile<video/mp4 video/vnd.dece.mp4<video/mp4
        video/vnd.dece.pd<video/mp4 video/vnd.dece.sd<video/mp4 video/vnd.dece.video<video/mp4 video/vnd.dlna.mpeg-tts=video/mp2t
        video/webm<application/x-matroska video/wmv=video/x-ms-wmv video/x-3gp=video/3gpp video/x-avi=video/x-msvideo video/x-daala=video/daala
        video/x-dirac<video/ogg video/x-divx=video/x-msvideo video/x-f4v<video/mp4 video/x-m4v<video/mp4 video/x-matroska<application/x-matroska
        video/x-matroska-3d=video/matroska-3d video/x-mkv=video/x-matroska video/x-mov=video/quicktime video/x-mp4=video/mp4 video/x-mpeg=video/mpeg
        video/x-mpeg2=video/mpeg video/x-mpegts=video/mp2t video/x-mpg=video/mpeg video/x-ms-wm<video/x-ms-asf,audio/x-ms-wma,video/x-ms-wmv
        video/x-ms-wmv<video/x-ms-asf,audio/x-ms-wma video/x-ogg=video/ogg video/x-ogg-rgb=video/x-oggrgb video/x-ogg-uvs=video/x-ogguvs
        video/x-ogg-yuv=video/x-oggyuv video/x-oggrgb<video/ogg video/x-ogguvs<video/ogg video/x-oggyuv<video/ogg video/x-ogm<video/ogg
        video/x-ogm+ogg=video/ogg video/x-quicktime=video/quicktime video/x-theora=video/theora video/x-theora+ogg=video/ogg video/x-webm=video/webm
        video/x-wmv=video/x-ms-wmv
        """
}
