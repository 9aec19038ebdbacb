namespace Simile.Server;

/// <summary>Which models and stores are served, to whom, and how much one request may ask for.</summary>
public sealed record SimileServerOptions
{
    /// <summary>
    /// The models by name or folder. Each is loaded by its first request. A request that names no model gets the first one of the kind that
    /// it needs.
    /// </summary>
    public IReadOnlyList<string> Models { get; init; } = [TextEmbedder.BuiltIn];

    /// <summary>
    /// Folders of stores that are served as collections, for reading. Each is called by its folder's name without <c>.simile</c>. The first
    /// one is what agents get at <c>/mcp</c>.
    /// </summary>
    public IReadOnlyList<string> Stores { get; init; } = [];

    /// <summary>Keys that clients send as <c>Authorization: Bearer KEY</c>. Without keys everybody is served.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>
    /// The names by which clients may call the server (header Host), against DNS rebinding; <c>*</c> for any. Empty: on loopback
    /// connections localhost, 127.0.0.1 and [::1], on others any.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// Maximum number of tokens that run through a network together, estimated by length: 4,096. More gives more throughput with many
    /// clients and longer waiting for single texts. Called max_batch_tokens in text-embeddings-inference, with 16,384 for GPUs.
    /// </summary>
    public int MaxBatchTokens { get; init; } = 4096;

    /// <summary>
    /// Maximum number of tokens that wait for a model, estimated by length: 262,144. Requests beyond are refused with status 429 and the
    /// time after which to retry.
    /// </summary>
    public int MaxQueuedTokens { get; init; } = 262_144;

    /// <summary>Maximum number of texts, pictures or sounds in a request: 2,048, as with OpenAI.</summary>
    public int MaxInputs { get; init; } = 2048;

    /// <summary>Maximum size of a request in bytes: 32 MB.</summary>
    public long MaxBodyBytes { get; init; } = 32 << 20;

    /// <summary>
    /// How long a model stays loaded without requests. Default: 30 minutes. <see cref="Timeout.InfiniteTimeSpan"/>: for ever.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Whether texts that are too long for a model are truncated unless a request says otherwise. If not, they are refused.
    /// </summary>
    public bool Truncate { get; init; } = true;

    /// <summary>Throws if an option is out of range.</summary>
    /// <exception cref="ArgumentException">The message says which, and the range.</exception>
    public void Validate()
    {
        Require(
            Models.Count > 0 && Models.All(model => !string.IsNullOrWhiteSpace(model)),
            "Models must name at least one model, and no name may be empty.");
        Require(ApiKeys.All(key => !string.IsNullOrWhiteSpace(key)), "An API key is empty: give each key at least one character.");
        Require(MaxBatchTokens >= 1, $"MaxBatchTokens is {MaxBatchTokens}, but must be at least 1.");
        Require(MaxQueuedTokens >= 1, $"MaxQueuedTokens is {MaxQueuedTokens}, but must be at least 1.");
        Require(MaxInputs >= 1, $"MaxInputs is {MaxInputs}, but must be at least 1.");
        Require(MaxBodyBytes >= 1024, $"MaxBodyBytes is {MaxBodyBytes}, but must be at least 1,024.");
        Require(
            IdleTimeout > TimeSpan.Zero || IdleTimeout == Timeout.InfiniteTimeSpan,
            $"IdleTimeout is {IdleTimeout}, but must be positive or infinite.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
