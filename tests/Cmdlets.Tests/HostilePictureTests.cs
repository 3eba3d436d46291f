using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Tests;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>Bad files: each is one error of its own, and the pictures after it go on.</summary>
public sealed class HostilePictureTests : Workspace
{
    [Fact]
    public void A_missing_file() => ExpectError("missing.png", "NotFound", ErrorCategory.ObjectNotFound);

    [Fact]
    public void An_empty_file()
    {
        File.WriteAllBytes(PathOf("empty.png"), []);
        ExpectError("empty.png", "Empty", ErrorCategory.InvalidData);
    }

    [Fact]
    public void Text_renamed_to_jpg()
    {
        File.WriteAllText(PathOf("text.jpg"), "This is not a picture.");
        ExpectError("text.jpg", "NotAPicture", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_truncated_jpeg()
    {
        Run("New-MlpNetwork 16 | Export-GeneratedImage whole.jpg -Width 96 -Height 64").AssertNoErrors();
        byte[] whole = File.ReadAllBytes(PathOf("whole.jpg"));
        File.WriteAllBytes(PathOf("cut.jpg"), whole[..(whole.Length / 2)]);
        ExpectError("cut.jpg", "Damaged", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_png_that_claims_a_hundred_thousand_pixels_a_side()
    {
        File.WriteAllBytes(PathOf("bomb.png"), PngFile.Announcing(100_000, 100_000));
        ExpectError("bomb.png", "TooLarge", ErrorCategory.LimitsExceeded);
    }

    [Fact]
    public void The_limit_of_pixels_can_be_raised_and_lowered()
    {
        File.WriteAllBytes(PathOf("bomb.png"), PngFile.Announcing(20_000, 20_000));
        Assert.Contains("New-PixelDataset -MaxPixels 400000000",
            Run("New-PixelDataset bomb.png").Error("TooLarge", ErrorCategory.LimitsExceeded).Exception.Message);
        // It is looked at, and does not hold them.
        Run("New-PixelDataset bomb.png -MaxPixels 400000000").Error("Damaged", ErrorCategory.InvalidData);
        Picture("good.png");
        Run("New-PixelDataset good.png -MaxPixels 3").Error("TooLarge", ErrorCategory.LimitsExceeded);
    }

    [Fact]
    public void A_png_with_fewer_rows_than_it_claims()
    {
        File.WriteAllBytes(PathOf("short.png"), PngFile.Announcing(64, 64));
        ExpectError("short.png", "Damaged", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_folder_among_files()
    {
        Directory.CreateDirectory(PathOf("folder.png"));
        ExpectError("folder.png", "IsFolder", ErrorCategory.InvalidType);
    }

    [Fact]
    public void A_file_without_permission()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        Picture("secret.png");
        Restrict("secret.png", UnixFileMode.None);
        ExpectError("secret.png", "AccessDenied", ErrorCategory.PermissionDenied);
    }

    [Fact]
    public void A_picture_of_one_pixel_is_learned_and_painted()
    {
        Picture("one.png", 1, 1);
        SessionResult result = Run("New-PixelDataset one.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 3 | Export-GeneratedImage out.png -Scale 2 -PassThru");
        result.Single<FileInfo>();
        PixelDataset painted = Run("New-PixelDataset out.png").Single<PixelDataset>();
        Assert.Equal((2, 2), (painted.Width, painted.Height));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    public void A_picture_of_one_row_or_column_is_learned_and_painted(int width, int height)
    {
        Picture("line.png", width, height);
        Run("New-PixelDataset line.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 2 | Export-GeneratedImage out.png -PassThru").Single<FileInfo>();
    }

    private void ExpectError(string name, string errorId, ErrorCategory category)
    {
        string path = PathOf(name);
        Picture("good.png");
        foreach (string parameter in (string[])["Path", "LiteralPath"])
        {
            SessionResult result = Run($"New-PixelDataset -{parameter} '{name}', good.png");
            ErrorRecord error = result.Error(errorId, category);
            Assert.Contains(name, Assert.IsType<string>(error.TargetObject));
            Assert.Contains(path, error.Exception.Message);
            Assert.EndsWith("NewPixelDatasetCommand", error.FullyQualifiedErrorId);
            Assert.Equal("good", Assert.IsType<PixelDataset>(Assert.Single(result.Output)).Name);
        }
    }
}
