using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Tests;

public class PlainTextTests
{
    /// <summary>Characters that do more than show: C0, DEL, C1, separators of lines, and what turns the direction of text.</summary>
    public static TheoryData<int> Others =>
        [0, 7, 8, 9, 10, 13, 0x1B, 0x7F, 0x85, 0x9B, 0x9F, 0x2028, 0x2029, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4), 0xFEFF];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_does_more_than_show_is_replaced(int code)
    {
        string text = $"a{(char)code}b";
        Assert.False(PlainText.IsPlain(text));
        Assert.Equal("a_b", PlainText.Of(text));
        Assert.Equal(code is 9 or 10 or 13 or 0x85 or 0x2028 or 0x2029 ? "a b" : "a_b", PlainText.Line(text));
        Assert.NotNull(PlainText.ProblemOfName($"folder/{text}"));
        Assert.NotNull(PlainText.ProblemOfName($"folder/{text}/"));
        Assert.Null(PlainText.ProblemOfName($"{text}/name"));
        Assert.Equal("a_b", new PixelDataset(text, 1, 1, new byte[3]).Name);
        Assert.DoesNotContain((char)code, new PictureException(PictureProblem.NotFound, text, text).Message);
        Assert.DoesNotContain((char)code, new ModelFileException(ModelFileProblem.NotFound, text, text).Message);
    }

    [Theory]
    [InlineData("Mona Lisa (1503)")]
    [InlineData("نمی‌دانم")]
    [InlineData("👨‍👩‍👧 日本語 e\u0301")]
    [InlineData("")]
    public void Names_of_all_languages_stay(string text)
    {
        Assert.Same(text, PlainText.Of(text));
        Assert.Same(text, PlainText.Line(text));
        Assert.Null(PlainText.ProblemOfName(text));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_character() => Assert.Equal("a\uFFFDb", PlainText.Of("a\uD800b"));

    [Theory]
    [InlineData("a\u001b[2J.png")]
    [InlineData("a\u202egnp.png")]
    public void No_file_is_made_with_such_a_name(string name)
    {
        using var folder = new TemporaryFolder();
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.Any(char.IsControl), "Windows knows no such name.");
        PixelDataset picture = TestPictures.Create(2, 2);
        PictureException refused = Assert.Throws<PictureException>(() => picture.Save(folder.File(name)));
        Assert.Equal(PictureProblem.InvalidName, refused.Problem);
        Assert.Contains("Give a name without them", refused.Message);
        using var journal = new ExperimentJournal(folder.File(name));
        Assert.Equal(ModelFileProblem.InvalidName, Assert.Throws<ModelFileException>(journal.BeginWriting).Problem);
        Assert.Empty(folder.FileNames());
    }
}
