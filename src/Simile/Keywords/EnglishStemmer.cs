using System.Buffers;

namespace Simile.Keywords;

/// <summary>
/// Removes English endings: the algorithm "English (Porter2)" of Snowball, with the exceptions of the vocabulary of 2026.
/// </summary>
/// <remarks>
/// https://snowballstem.org/algorithms/english/stemmer.html. Words with other characters than lowercase letters of ASCII stay as they are.
/// </remarks>
internal static class EnglishStemmer
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly string[] FirstRegions = ["gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter"];

    /// <summary>The stem of a word.</summary>
    public static string Stem(string word)
    {
        if (word.Length < 3 || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }

        return Exception(word) ?? new Word(word).Stem();
    }

    private static string? Exception(string word) => word switch
    {
        "skis" => "ski",
        "skies" => "sky",
        "idly" => "idl",
        "gently" => "gentl",
        "ugly" => "ugli",
        "early" => "earli",
        "only" => "onli",
        "singly" => "singl",
        "sky" or "news" or "howe" or "atlas" or "cosmos" or "bias" or "andes" => word,
        _ => null,
    };

    private ref struct Word
    {
        private readonly Span<char> _chars;
        private readonly int _r1;
        private readonly int _r2;
        private int _length;

        public Word(string word)
        {
            _chars = new char[word.Length + 2];
            word.CopyTo(_chars);
            _length = word.Length;
            for (var i = 0; i < _length; i++)
            {
                // Y is a consonant.
                if (_chars[i] == 'y' && (i == 0 || IsVowel(_chars[i - 1])))
                {
                    _chars[i] = 'Y';
                }
            }

            _r1 = Array.Find(FirstRegions, word.StartsWith) is { } known ? known.Length : AfterVowelAndConsonant(0);
            _r2 = AfterVowelAndConsonant(_r1);
        }

        public string Stem()
        {
            Step1A();
            Step1B();
            Step1C();
            Step2();
            Step3();
            Step4();
            Step5();
            return _chars[.._length].ToString().ToLowerInvariant();
        }

        private void Step1A()
        {
            if (Ends("sses"))
            {
                _length -= 2;
            }
            else if (Ends("ied") || Ends("ies"))
            {
                _length -= _length > 4 ? 2 : 1;
            }
            else if (Ends("s") && !Ends("us") && !Ends("ss") && HasVowel(_length - 2))
            {
                _length--;
            }
        }

        private void Step1B()
        {
            if (Ends("eedly") || Ends("eed"))
            {
                var ending = Ends("eed") ? 3 : 5;
                if (_length - ending >= _r1 && !IsWhole(ending, "proc", "exc", "succ"))
                {
                    _length -= ending - 2;
                }
            }
            else if (Ends("ing") && _length == 5 && _chars[1] == 'y' && !IsVowel(_chars[0]))
            {
                (_chars[1], _chars[2], _length) = ('i', 'e', 3);
            }
            else if (Ends("ing") && IsWhole(3, "inn", "out", "cann", "herr", "earr", "even"))
            {
            }
            else if (FirstEnding("ingly", "edly", "ing", "ed") is var ending and > 0 && HasVowel(_length - ending))
            {
                _length -= ending;
                Restore();
            }
        }

        // What an ending had changed in the word before it.
        private void Restore()
        {
            if (Ends("at") || Ends("bl") || Ends("iz") || (!EndsInDouble() && _length == _r1 && EndsInShortSyllable(_length)))
            {
                _chars[_length++] = 'e';
            }
            else if (EndsInDouble() && !(_length == 3 && _chars[0] is 'a' or 'e' or 'o'))
            {
                _length--;
            }
        }

        private void Step1C()
        {
            if (_length > 2 && _chars[_length - 1] is 'y' or 'Y' && !IsVowel(_chars[_length - 2]))
            {
                _chars[_length - 1] = 'i';
            }
        }

        private void Step2()
        {
            _ = Replace("ization", "ize") ?? Replace("ational", "ate") ?? Replace("fulness", "ful")
                ?? Replace("ousness", "ous") ?? Replace("iveness", "ive")
                    ?? Replace("tional", "tion") ?? Replace("biliti", "ble") ?? Replace("lessli", "less")
                ?? Replace("entli", "ent") ?? Replace("ation", "ate")
                ?? Replace("alism", "al") ?? Replace("aliti", "al") ?? Replace("ousli", "ous")
                ?? Replace("iviti", "ive") ?? Replace("fulli", "ful")
                ?? Replace("ogist", "og") ?? Replace("enci", "ence") ?? Replace("anci", "ance")
                ?? Replace("abli", "able") ?? Replace("izer", "ize")
                ?? Replace("ator", "ate") ?? Replace("alli", "al") ?? Replace("bli", "ble")
                ?? Replace("ogi", "og", After("ogi") == 'l')
                ?? Replace("li", "", After("li") is 'c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't');
        }

        private void Step3()
        {
            _ = Replace("ational", "ate") ?? Replace("tional", "tion")
                ?? Replace("alize", "al") ?? Replace("icate", "ic") ?? Replace("iciti", "ic")
                    ?? Replace("ative", "", Ends("ative") && _length - 5 >= _r2)
                ?? Replace("ical", "ic") ?? Replace("ness", "") ?? Replace("ful", "");
        }

        private void Step4()
        {
            var ending = FirstEnding(
                "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism",
                "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic");
            if (ending > 0 && _length - ending >= _r2 && (!Ends("ion") || After("ion") is 's' or 't'))
            {
                _length -= ending;
            }
        }

        private void Step5()
        {
            var before = _length - 1;
            if (Ends("e") ? before >= _r2 || (before >= _r1 && !EndsInShortSyllable(before)) : Ends("ll") && before >= _r2)
            {
                _length = before;
            }
        }

        // Null if the word has another ending; whether it was replaced otherwise.
        private bool? Replace(string ending, string by, bool allowed = true)
        {
            if (!Ends(ending))
            {
                return null;
            }

            var start = _length - ending.Length;
            if (!allowed || start < _r1)
            {
                return false;
            }

            by.CopyTo(_chars[start..]);
            _length = start + by.Length;
            return true;
        }

        private readonly int FirstEnding(params ReadOnlySpan<string> endings)
        {
            foreach (var ending in endings)
            {
                if (Ends(ending))
                {
                    return ending.Length;
                }
            }

            return 0;
        }

        private readonly bool IsWhole(int ending, params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (_chars[..(_length - ending)].SequenceEqual(word))
                {
                    return true;
                }
            }

            return false;
        }

        // The character in front of an ending; a space if there is none.
        private readonly char After(string ending) => _length > ending.Length ? _chars[_length - ending.Length - 1] : ' ';

        private readonly bool Ends(string ending) => _chars[.._length].EndsWith(ending);

        private readonly bool EndsInDouble() =>
            _length > 1 && _chars[_length - 1] == _chars[_length - 2]
            && _chars[_length - 1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't';

        private readonly bool EndsInShortSyllable(int length) => _chars[..length].EndsWith("past")
            || (length == 2 && IsVowel(_chars[0]) && !IsVowel(_chars[1]))
            || (length > 2 && !IsVowel(_chars[length - 3]) && IsVowel(_chars[length - 2])
                && !IsVowel(_chars[length - 1]) && _chars[length - 1] is not ('w' or 'x' or 'Y'));

        private readonly bool HasVowel(int length) => length > 0 && _chars[..length].ContainsAny(Vowels);

        private readonly int AfterVowelAndConsonant(int start)
        {
            var i = start;
            while (i < _length && !IsVowel(_chars[i]))
            {
                i++;
            }

            while (i < _length && IsVowel(_chars[i]))
            {
                i++;
            }

            return Math.Min(i + 1, _length);
        }

        private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
    }
}
