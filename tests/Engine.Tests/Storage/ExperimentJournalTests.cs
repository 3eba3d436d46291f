using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

public sealed class ExperimentJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("results.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_added_comes_back_as_it_was()
    {
        ExperimentRecord record = Record("a") with
        {
            Settings = new Dictionary<string, object> { ["Activation"] = "Sine", ["Epoch"] = 7L, ["LearningRate"] = 1e-3, ["MeasureEachEpoch"] = true },
            Psnr = double.PositiveInfinity,
            Mae = 0.1 + 0.2,
            Shape = "2-3-3",
            ParameterCount = 21,
            Model = $"a \u00fc-{KeyOf("a")[..12]}.safetensors",
        };
        Add(record, Record("b"));
        using var journal = new ExperimentJournal(Path);
        Assert.Equal(2, journal.Count);
        ExperimentRecord found = journal.Find(KeyOf("a"))!;
        Assert.Equal(record.Settings.ToArray(), found.Settings.ToArray());
        Assert.Equal(record with { Settings = found.Settings }, found);
        Assert.Null(journal.Find(KeyOf("c")));
        Assert.Equal(["results.jsonl"], _folder.FileNames());
    }

    [Fact]
    public void A_line_cut_short_anywhere_is_no_run_and_goes_when_the_next_is_added()
    {
        Add(Record("a"), Record("b"));
        byte[] whole = File.ReadAllBytes(Path);
        int first = Array.IndexOf(whole, (byte)'\n') + 1;
        // Without its line feed alone, a line is whole.
        for (int length = first + 1; length < whole.Length - 1; length++)
        {
            byte[] torn = whole[..length];
            File.WriteAllBytes(Path, torn);
            using (var journal = new ExperimentJournal(Path))
            {
                Assert.Equal(1, journal.Count);
                Assert.Equal(torn, File.ReadAllBytes(Path));
                journal.Add(Record("b"));
            }
            Assert.Equal(whole, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void A_last_line_without_its_line_feed_is_kept()
    {
        Add(Record("a"));
        File.WriteAllText(Path, File.ReadAllText(Path).TrimEnd('\n'));
        Add(Record("b"));
        Assert.Equal(2, new ExperimentJournal(Path).Count);
        Assert.Equal(2, File.ReadAllLines(Path).Length);
    }

    // Each is made of a whole line: a part of it is another.
    [Theory]
    [InlineData("\"Picture\":\"p\"", "\"Picture\":\"../p\"", "picture '../p'")]
    [InlineData("\"Picture\":\"p\"", "\"Picture\":\"\\u001b[2Jp\"", "'?[2Jp'")]
    [InlineData("\"Picture\":\"p\"", "\"Picture\":\"p\",\"Picture\":\"q\"", "is not of an experiment's run")]
    [InlineData("\"Picture\":\"p\"", "\"Picture\":\"p\",\"Other\":1", "is not of an experiment's run")]
    [InlineData("\"Settings\":{}", "\"Settings\":{\"\":1}", "setting ''")]
    [InlineData("\"Settings\":{}", "\"Settings\":{\"a b\":1}", "setting 'a b'")]
    [InlineData("\"Settings\":{}", "\"Settings\":{\"Epoch\":1,\"epoch\":1}", "setting epoch twice")]
    [InlineData("\"Settings\":{}", "\"Settings\":{\"Epoch\":1e999}", "setting Epoch")]
    [InlineData("\"Settings\":{}", "\"Settings\":{\"Epoch\":null}", "setting Epoch")]
    [InlineData("\"Settings\":{}", "\"Settings\":{\"Activation\":\"\\u202eSine\"}", "'?Sine'")]
    [InlineData("\"Psnr\":20.5", "\"Psnr\":\"NaN\"", "figure")]
    [InlineData("\"Epochs\":null", "\"Epochs\":-1", "figure")]
    [InlineData("\"Shape\":null", "\"Shape\":\"wide\"", "'wide'")]
    [InlineData("\"StopReason\":\"Epoch\"", "\"StopReason\":\"Boredom\"", "'Boredom'")]
    [InlineData("\"Model\":null", "\"Model\":\"/etc/passwd\"", "'/etc/passwd'")]
    [InlineData("\"Model\":null", "\"Model\":\"../p-000000000000.safetensors\"", "without a folder")]
    [InlineData("\"Model\":null", "\"Model\":\"c:p-000000000000.safetensors\"", "without a folder")]
    [InlineData("\"Model\":null", "\"Model\":\"p-000000000001.safetensors\"", "its own model file")]
    [InlineData("00000a", "00000A", "that of no run")]
    public void What_no_run_has_is_refused(string part, string other, string expected)
    {
        Add(Record("a"));
        string line = File.ReadAllText(Path);
        Assert.Contains(part, line);
        File.WriteAllText(Path, line + line.Replace(part, other, StringComparison.Ordinal));
        ModelFileException error = Assert.Throws<ModelFileException>(() => new ExperimentJournal(Path));
        Assert.Equal(ModelFileProblem.NotAnExperiment, error.Problem);
        Assert.Contains("line 2", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Settings_beyond_number_and_a_line_beyond_length_are_refused()
    {
        Add(Record("a"));
        string line = File.ReadAllText(Path);
        string many = string.Join(',', Enumerable.Range(0, 3000).Select(number => $"\"a{number}\":1"));
        AssertRefused(line.Replace("\"Settings\":{}", $"\"Settings\":{{{many}}}", StringComparison.Ordinal), "more than 200 settings");
        AssertRefused(line.Replace("\"p\"", $"\"{new string('p', JournalLines.MaxLength)}\"", StringComparison.Ordinal), "more than 1048576 bytes");

        void AssertRefused(string text, string expected)
        {
            File.WriteAllText(Path, text);
            Assert.Contains(expected, Assert.Throws<ModelFileException>(() => new ExperimentJournal(Path)).Message);
        }
    }

    [Fact]
    public void A_file_that_another_program_changes_meanwhile_is_not_misread()
    {
        Add(Record("a"), Record("b"));
        using var journal = new ExperimentJournal(Path);
        File.WriteAllLines(Path, File.ReadAllLines(Path).Reverse());
        Assert.Equal(ModelFileProblem.ReadFailed, Assert.Throws<ModelFileException>(() => journal.Find(KeyOf("a"))).Problem);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("hello\n")]
    [InlineData("{\"a\":1}\n")]
    [InlineData("{\"MonaLisaExperiment\":2,\"Key\":\"a\"}\n")]
    [InlineData("{\"MonaLisaExperiment\":1,\"Key\":null}\n")]
    [InlineData("{\"MonaLisaExperiment\":1,\"Key\":\"a\",\"Picture\":\"p\",\"Settings\":null,\"Seed\":1,\"StopReason\":\"Epoch\"}\n")]
    [InlineData("{\"MonaLisaExperiment\":1,\"Key\":\"a\",\"Picture\":\"p\",\"Settings\":{\"a\":[1]},\"Seed\":1,\"StopReason\":\"Epoch\"}\n")]
    public void A_file_of_something_else_is_refused_and_left_as_it_is(string text)
    {
        File.WriteAllText(Path, text);
        ModelFileException error = Assert.Throws<ModelFileException>(() => new ExperimentJournal(Path));
        Assert.Equal(ModelFileProblem.NotAnExperiment, error.Problem);
        Assert.Contains("line 1", error.Message);
        Assert.Equal(text, File.ReadAllText(Path));
    }

    [Fact]
    public void Only_one_writes_at_a_time_and_what_another_added_is_found()
    {
        using var late = new ExperimentJournal(Path);
        using (var first = new ExperimentJournal(Path))
        {
            first.Add(Record("a"));
            Assert.Equal(ModelFileProblem.InUse, Assert.Throws<ModelFileException>(late.BeginWriting).Problem);
        }
        Assert.Null(late.Find(KeyOf("a")));
        late.BeginWriting();
        Assert.NotNull(late.Find(KeyOf("a")));
    }

    [Fact]
    public void A_file_that_is_removed_meanwhile_is_written_again_with_all_its_runs()
    {
        Add(Record("a"));
        using (var journal = new ExperimentJournal(Path))
        {
            Assert.False(journal.Add(Record("b")));
            File.Delete(Path);
            Assert.True(journal.Add(Record("c")));
            Assert.False(journal.Add(Record("d")));
            File.Delete(Path);
            Assert.True(journal.Add(Record("e")));
        }
        Assert.Equal(5, new ExperimentJournal(Path).Count);
        Assert.Equal(["results.jsonl"], _folder.FileNames());
    }

    [Fact]
    public void A_file_that_is_put_in_its_place_is_spared()
    {
        using var journal = new ExperimentJournal(Path);
        journal.Add(Record("a"));
        File.WriteAllText(Path, "mine");
        var error = Assert.Throws<ModelFileException>(() => journal.Add(Record("b")));
        Assert.Equal(ModelFileProblem.FileExists, error.Problem);
        Assert.Equal("mine", File.ReadAllText(Path));
    }

    [Fact]
    public void An_earlier_file_is_replaced_with_the_first_run_and_not_before()
    {
        File.WriteAllText(Path, "something else");
        using (var journal = new ExperimentJournal(Path, replaces: true))
        {
            journal.BeginWriting();
            Assert.Equal("something else", File.ReadAllText(Path));
            journal.Add(Record("b"));
            journal.Add(Record("c"));
        }
        Assert.Equal(2, new ExperimentJournal(Path).Count);
        Assert.Equal(["results.jsonl"], _folder.FileNames());
    }

    [Fact]
    public void What_cannot_be_written_is_known_before_the_first_run()
    {
        AssertProblem(ModelFileProblem.IsFolder, _folder.Path);
        AssertProblem(ModelFileProblem.FolderMissing, _folder.File(System.IO.Path.Combine("nowhere", "results.jsonl")));
        if (OperatingSystem.IsLinux())
            AssertProblem(ModelFileProblem.AccessDenied, "/proc/self/results.jsonl");

        static void AssertProblem(ModelFileProblem problem, string path) => Assert.Equal(problem, Assert.Throws<ModelFileException>(() =>
        {
            using var journal = new ExperimentJournal(path);
            journal.BeginWriting();
        }).Problem);
    }

    [Fact]
    public void A_run_is_known_by_pixels_settings_and_seed_alone()
    {
        PixelDataset picture = TestPictures.Create(8, 6);
        string key = Key(picture, 1, ("a", 1L), ("b", "x"));
        Assert.Equal(key, Key(new PixelDataset("renamed", 8, 6, [.. picture.Samples8]), 1, ("b", "x"), ("a", 1L)));
        string[] others =
        [
            Key(picture, 2, ("a", 1L), ("b", "x")), Key(picture, 1, ("a", 1L), ("b", "y")), Key(picture, 1, ("a", 1L)),
            Key(TestPictures.Create(8, 7), 1, ("a", 1L), ("b", "x")),
            Key(picture.WithHoldOut(new HoldOut { Fraction = 0.5 }), 1, ("a", 1L), ("b", "x")),
        ];
        Assert.Equal(others.Length + 1, others.Append(key).Distinct().Count());

        static string Key(PixelDataset picture, int seed, params (string Name, object Value)[] settings) =>
            new ExperimentKey(picture).Of(settings.ToDictionary(setting => setting.Name, setting => setting.Value), seed);
    }

    [Fact]
    public void Mean_and_spread_are_those_of_the_textbook()
    {
        Assert.Equal(default, Spread.Of([]));
        Assert.Equal(new Spread(3, null), Spread.Of([3]));
        Assert.Equal(new Spread(5, Math.Sqrt(32.0 / 7)), Spread.Of([2, 4, 4, 4, 5, 5, 7, 9]));
    }

    private void Add(params ExperimentRecord[] records)
    {
        using var journal = new ExperimentJournal(Path);
        foreach (ExperimentRecord record in records)
            journal.Add(record);
    }

    internal static string KeyOf(string name) => name.PadLeft(32, '0');

    internal static ExperimentRecord Record(string key) => new()
    {
        Key = KeyOf(key), Picture = "p", Settings = new Dictionary<string, object>(), Seed = 1, StopReason = "Epoch", Psnr = 20.5,
    };
}
