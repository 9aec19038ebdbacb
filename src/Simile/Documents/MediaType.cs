namespace Simile.Documents;

/// <summary>The content type of a file, from its extension.</summary>
internal static class MediaType
{
    public const string PlainText = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string Xhtml = "application/xhtml+xml";
    public const string Csv = "text/csv";
    public const string Tsv = "text/tab-separated-values";
    public const string JsonLines = "application/jsonl";
    public const string Pdf = "application/pdf";
    public const string Rtf = "application/rtf";
    public const string Epub = "application/epub+zip";
    public const string Mail = "message/rfc822";
    public const string SourceCode = "text/x-source";

    private static readonly Dictionary<string, string> ByExtension = Table();

    /// <summary>The media type of a path; plain text if the extension is unknown.</summary>
    public static string Of(string path) =>
        ByExtension.GetValueOrDefault(Path.GetExtension(path), PlainText);

    /// <summary>The media kind of a file type: images and sounds are not texts.</summary>
    public static MediaKind Kind(string mediaType) =>
        mediaType.StartsWith("image/", StringComparison.Ordinal) ? MediaKind.Image
        : mediaType.StartsWith("audio/", StringComparison.Ordinal) ? MediaKind.Sound
        : MediaKind.Text;

    private static Dictionary<string, string> Table()
    {
        var table = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(Markdown, ".md .markdown .mdown .mkd");
        Add(Html, ".html .htm");
        Add(Xhtml, ".xhtml .xht");
        Add(Csv, ".csv");
        Add(Tsv, ".tsv .tab");
        Add(JsonLines, ".jsonl .ndjson");
        Add(
            SourceCode,
            """
            .asm .awk .bash .bat .c .cc .clj .cmake .cmd .cpp .cs .css .cu .cxx .dart .el .erl .ex .exs .f .f90 .fs .fsx .glsl .go
            .gradle .groovy .h .hh .hpp .hs .hxx .java .jl .js .json .jsx .kt .kts .less .lisp .lua .m .mjs .ml .mm .nim .pas .php
            .pl .pm .proto .ps1 .py .pyi .r .rb .rs .s .scala .scm .scss .sh .sql .svelte .swift .tcl .toml .ts .tsx .v .vb .vhd
            .vue .wgsl .xml .yaml .yml .zig .zsh
            """);
        Add(Pdf, ".pdf");
        Add(Rtf, ".rtf");
        Add(Epub, ".epub");
        Add(Mail, ".eml .mht .mhtml .mbox");
        Add("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx .docm .dotx");
        Add("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx .xlsm .xltx");
        Add("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx .pptm .ppsx .potx");
        Add("application/vnd.oasis.opendocument", ".odt .ods .odp");
        Add("image/jpeg", ".jpg .jpeg .jpe .jfif");
        Add("image/png", ".png");
        Add("image/webp", ".webp");
        Add("image/gif", ".gif");
        Add("image/bmp", ".bmp .dib");
        Add("image/tiff", ".tif .tiff");
        Add("audio/wav", ".wav .wave .w64 .rf64");
        Add("audio/aiff", ".aif .aiff .aifc");
        Add("audio/basic", ".au .snd");
        Add("audio/mpeg", ".mp3 .mp2");
        Add("audio/flac", ".flac");
        Add("audio/ogg", ".ogg .oga .opus");
        Add("audio/mp4", ".m4a .m4b .aac");
        Add("audio/x-ms-wma", ".wma");
        return table;

        void Add(string mediaType, string extensions)
        {
            foreach (var extension in extensions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                table[extension] = mediaType;
            }
        }
    }
}
