using System.Diagnostics;
using System.Globalization;
using Simile.Tokenizers;
using WorstCases;

// Time per unit of text for texts that slow tokenizers down, with doubling lengths. It must not grow.
//   dotnet run -c Release --project bench/WorstCases -- ASSETS [WORD_IN_NAME [LONGEST]]
// ASSETS holds models/ and golden/tokenizers; LONGEST is the length of the longest text in UTF-16 units, 1,048,576 if not given.
if (args.Length is 0 or > 3)
{
    Console.Error.WriteLine("Usage: WorstCases ASSETS [WORD_IN_NAME [LONGEST]]");
    return 2;
}

var wanted = args.Length > 1 ? args[1] : string.Empty;
var longest = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1 << 20;
int[] lengths = [longest / 8, longest / 4, longest / 2, longest];
Console.WriteLine(
    "Nanoseconds a UTF-16 unit, the better of two runs: ids alone; then with tokens and offsets.\n\n"
    + $"| tokenizer | text | {string.Join(" | ", lengths)} | with offsets |\n"
    + $"|{string.Concat(Enumerable.Repeat("---|", lengths.Length + 3))}");
foreach (var (name, load) in Tokenizers.All(args[0]).Where(entry => entry.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
{
    var tokenizer = load();
    foreach (var (text, make) in Texts.All)
    {
        Report(tokenizer, name, text, make);
    }
}

ReportLongWords();
return 0;

void Report(Tokenizer tokenizer, string name, string text, Func<int, string> make)
{
    var ids = new List<int>();
    List<double> times = [];
    tokenizer.CountTokens(make(1000));
    foreach (var length in lengths)
    {
        var sample = make(length);
        times.Add(Time(length, () =>
        {
            ids.Clear();
            tokenizer.EncodeIds(sample, ids);
        }));
        if (times[^1] > 8 * times[0] + 100)
        {
            break; // it is clear what happens, and the next would take long
        }
    }

    var whole = make(lengths[times.Count - 1]);
    var offsets = Time(whole.Length, () => tokenizer.Encode(whole));
    var first = times[0] + 20;
    var verdict = times.Exists(time => time > 3 * first) || offsets > 600 + (20 * first) ? " ← grows" : "";
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {text} | {string.Join(" | ", times.Select(time => time.ToString("F0", CultureInfo.InvariantCulture)))} | {offsets:F0} "
        + $"|{verdict}"));
}

// One long word: a merge that scans the whole word takes quadratic time.
void ReportLongWords()
{
    Console.WriteLine(
        "\n| one word of a million and of ten million letters | letters | seconds for 1 | seconds for 10 |\n|---|---|---|---|");
    foreach (var (name, load) in Tokenizers.All(args[0])
        .Where(entry => entry.Name is "GPT-2" or "cl100k_base" or "o200k_base" or "Llama 2, SentencePiece"
            && entry.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)))
    {
        var tokenizer = load();
        foreach (var (text, make) in Texts.All.Where(entry => entry.Name is "equal letters" or "letters without a space"))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {text} | {Seconds(tokenizer, make(1_000_000)):F2} | {Seconds(tokenizer, make(10_000_000)):F2} |"));
        }
    }
}

static double Seconds(Tokenizer tokenizer, string text)
{
    var started = Stopwatch.GetTimestamp();
    tokenizer.EncodeIds(text, []);
    return Stopwatch.GetElapsedTime(started).TotalSeconds;
}

static double Time(int length, Action work)
{
    var best = double.MaxValue;
    for (var i = 0; i < 2; i++)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / length);
        if (best * length > 3e9)
        {
            break;
        }
    }

    return best;
}
