// A minimal API: what the folder of the setting Folder says about a question, and vectors of what is sent.
using Search;
using Simile.Audio;
using Simile.Imaging;
using Simile.Models;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(_ => MultimodalModel.Load());
builder.Services.AddSingleton(services => new Notes(services.GetRequiredService<MultimodalModel>(), builder.Configuration["Folder"]!));

var app = builder.Build();
app.MapGet("/find", (string query, Notes notes) => notes.FindAsync(query));
app.MapGet("/text", (string text, MultimodalModel model) => model.Texts.Embed(text));
app.MapPost("/picture", (HttpRequest request, MultimodalModel model) => Embed(request, file => model.EmbedImage(Picture.Load(file))));
app.MapPost(
    "/sound",
    (HttpRequest request, MultimodalModel model) => Embed(request, file => model.EmbedSounds([Waveform.Load(file)])[0].ToArray()));
app.Run();

static async Task<float[]> Embed(HttpRequest request, Func<string, float[]> embed)
{
    var path = Path.GetTempFileName();
    try
    {
        await using (var file = File.Create(path))
        {
            await request.Body.CopyToAsync(file);
        }

        return embed(path);
    }
    finally
    {
        File.Delete(path);
    }
}
