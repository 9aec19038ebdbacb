using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Simile.Server.Http;

/// <summary>Reads the body of a request.</summary>
internal static class JsonBody
{
    /// <exception cref="RequestFailure">The body is not JSON, or not of the type.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new RequestFailure(
                FailureKind.MediaType, $"Send the body as application/json, not as {context.Request.ContentType ?? "no type"}.");
        }

        var (buffer, length) = await ReadAllAsync(context).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type)
                ?? throw new RequestFailure(FailureKind.Malformed, "The body is null, but must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new RequestFailure(FailureKind.Malformed, Sentence(e)) { Param = Field(e) };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Kestrel's own limit would close the connection before the client has read why. Kestrel reads on for up to five seconds after the
    // answer.
    private static async Task<(byte[] Buffer, int Length)> ReadAllAsync(HttpContext context)
    {
        var most = context.RequestServices.GetRequiredService<SimileServerOptions>().MaxBodyBytes;
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent(16 << 10), 0);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted).ConfigureAwait(false)
                is > 0 and var read)
            {
                length += read;
                if (length > most)
                {
                    throw RequestFailure.TooLarge(most);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }

            return (buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <summary>The value of a required field.</summary>
    /// <exception cref="RequestFailure">It is missing.</exception>
    public static T Require<T>(T? value, string field)
        where T : class => value ?? throw Missing(field);

    /// <inheritdoc cref="Require{T}(T, string)"/>
    public static T Require<T>(T? value, string field)
        where T : struct => value ?? throw Missing(field);

    private static RequestFailure Missing(string field) => new(FailureKind.Malformed, $"The field {field} is missing.") { Param = field };

    // The parser's own messages name types of C#.
    private static string Sentence(JsonException e) => e is InputException ? e.Message
        : $"The body is not the JSON of this request: look at {(string.IsNullOrEmpty(e.Path) ? "$" : e.Path)}, line {e.LineNumber + 1}, "
            + $"byte {e.BytePositionInLine + 1}.";

    private static string? Field(JsonException e) => e.Path?.Split('.', '[') is [_, var field, ..] ? field : null;
}
