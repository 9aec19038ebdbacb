namespace Simile.Models;

/// <summary>The environment variables of the hub's Python client, read as it reads them.</summary>
internal static class HubEnvironment
{
    private const int UsualSeconds = 10;

    /// <summary>HF_HOME, or huggingface below XDG_CACHE_HOME or ~/.cache.</summary>
    public static string Home => Folder("HF_HOME") ?? Path.Combine(Caches, "huggingface");

    /// <summary>HF_HUB_CACHE (HUGGINGFACE_HUB_CACHE in older releases), or hub below <see cref="Home"/>.</summary>
    public static string Cache => Folder("HF_HUB_CACHE") ?? Folder("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(Home, "hub");

    /// <summary>PyTorch's downloaded weights: hub/checkpoints below TORCH_HOME, or torch below XDG_CACHE_HOME or ~/.cache.</summary>
    public static string TorchCheckpoints => Path.Combine(Folder("TORCH_HOME") ?? Path.Combine(Caches, "torch"), "hub", "checkpoints");

    /// <summary>HF_ENDPOINT, or https://huggingface.co.</summary>
    /// <exception cref="HubException">It is not an address.</exception>
    public static Uri Endpoint =>
        Uri.TryCreate(Variable("HF_ENDPOINT") ?? "https://huggingface.co", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new HubException(
                HubFailure.Unreachable,
                $"HF_ENDPOINT is \"{Variable("HF_ENDPOINT")}\", which is not the address of a hub: "
                + "set it to one such as https://huggingface.co.");

    /// <summary>
    /// HF_TOKEN, or the content of the file at HF_TOKEN_PATH, which is token in <see cref="Home"/> by default; null for none.
    /// </summary>
    public static string? Token =>
        Flag("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? null : Clean(Variable("HF_TOKEN") ?? Variable("HUGGING_FACE_HUB_TOKEN")) ?? TokenOfFile();

    /// <summary>HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE.</summary>
    public static bool Offline => Flag("HF_HUB_OFFLINE") || Flag("TRANSFORMERS_OFFLINE");

    /// <summary>Whether HF_HUB_DISABLE_SYMLINKS asks for copies instead of links.</summary>
    public static bool NoLinks => Flag("HF_HUB_DISABLE_SYMLINKS");

    /// <summary>HF_HUB_DOWNLOAD_TIMEOUT in seconds.</summary>
    public static TimeSpan Timeout =>
        int.TryParse(Variable("HF_HUB_DOWNLOAD_TIMEOUT"), out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(UsualSeconds);

    private static string Caches => Folder("XDG_CACHE_HOME") ?? Path.Combine(UserHome, ".cache");

    private static string UserHome => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string? TokenOfFile()
    {
        var path = Folder("HF_TOKEN_PATH") ?? Path.Combine(Home, "token");
        return File.Exists(path) ? Clean(File.ReadAllText(path)) : null;
    }

    private static string? Clean(string? token) => token?.ReplaceLineEndings(string.Empty).Trim() is { Length: > 0 } clean ? clean : null;

    private static string? Folder(string name) => Variable(name) is not { } value ? null
        : value is "~" or ['~', '/', ..] ? UserHome + value[1..]
        : Environment.ExpandEnvironmentVariables(value);

    private static bool Flag(string name) => Variable(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
