using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class NewPixelDatasetTests : Workspace
{
    [Fact]
    public void A_path_by_position_gives_the_picture()
    {
        string path = Picture("a.png", 12, 7);
        PixelDataset dataset = Run("New-PixelDataset a.png").Single<PixelDataset>();
        Assert.Equal(("a", 12, 7, 8, path), (dataset.Name, dataset.Width, dataset.Height, dataset.BitDepth, dataset.Path));
    }

    [Fact]
    public void Paths_come_from_the_pipeline_as_strings_in_order()
    {
        Picture("a.png");
        Picture("b.png");
        Assert.Equal(["b", "a"], Names(Run("'b.png', 'a.png' | New-PixelDataset")));
    }

    [Fact]
    public void Several_paths_may_be_given_at_once()
    {
        Picture("a.png");
        Picture("b.png");
        Assert.Equal(["a", "b"], Names(Run("New-PixelDataset -Path a.png, b.png")));
        Assert.Equal(["a", "b"], Names(Run("New-PixelDataset -LiteralPath a.png, b.png")));
    }

    [Theory]
    [InlineData("odd [1] name.png")]
    [InlineData("[abc].png")]
    [InlineData("two  spaces.png")]
    [InlineData("café ☕.png")]
    [InlineData("it's `quoted`.png")]
    public void Output_of_Get_ChildItem_binds_letter_by_letter(string name)
    {
        Picture(name);
        // The hosted engine has no Get-ChildItem; this is how its files look to the next command.
        SessionResult result = Run(
            """
            foreach ($file in [IO.DirectoryInfo]::new($folder).GetFiles()) {
                $file.PSObject.Properties.Add([psnoteproperty]::new('PSPath', "Microsoft.PowerShell.Core\FileSystem::$($file.FullName)"))
                $file | New-PixelDataset
            }
            """, ("folder", Folder));
        Assert.Equal([Path.GetFileNameWithoutExtension(name)], Names(result));
    }

    [Fact]
    public void A_star_in_a_name_is_read_letter_by_letter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows allows no * in a file name.");
        Picture("a*.png");
        Picture("ab.png");
        Assert.Equal(["a*"], Names(Run("New-PixelDataset -LiteralPath 'a*.png'")));
        Assert.Equal(["a*"], Names(Run("New-PixelDataset 'a`*.png'")));
    }

    [Fact]
    public void Files_of_the_framework_bind_without_a_PSPath()
    {
        Picture("with [brackets].png");
        Assert.Equal(["with [brackets]"], Names(Run("[IO.FileInfo]::new($path) | New-PixelDataset", ("path", PathOf("with [brackets].png")))));
    }

    [Fact]
    public void A_wildcard_gives_all_files_that_match_and_passes_over_folders()
    {
        Picture("a1.png");
        Picture("a2.png");
        Picture("b.png");
        Directory.CreateDirectory(PathOf("a3.png"));
        Assert.Equal(["a1", "a2"], Names(Run("New-PixelDataset a*.png")));
        Assert.Equal(["a1", "a2"], Names(Run("New-PixelDataset 'a[12].png'")));
    }

    [Fact]
    public void A_wildcard_without_a_match_is_no_error()
    {
        SessionResult result = Run("New-PixelDataset *.nothing");
        result.AssertNoErrors();
        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_name_that_is_taken_for_a_pattern_gets_a_warning_that_names_the_remedy()
    {
        Picture("a[1].png");
        SessionResult result = Run("New-PixelDataset 'a[1].png'");
        Assert.Empty(result.Output);
        Assert.Contains("-LiteralPath", Assert.Single(result.Warnings));
        Assert.Equal(["a[1]"], Names(Run("New-PixelDataset 'a`[1`].png'")));
        Assert.Equal(["a[1]"], Names(Run("New-PixelDataset -LiteralPath 'a[1].png'")));
    }

    [Fact]
    public void Relative_paths_start_from_the_session_and_not_from_the_process()
    {
        Picture("below/c.png");
        SessionResult result = Run(
            """
            $null = $ExecutionContext.SessionState.Path.SetLocation('below')
            New-PixelDataset c.png
            New-PixelDataset -LiteralPath ./c.png
            """);
        Assert.Equal(["c", "c"], Names(result));
        Assert.NotEqual(Path.GetFullPath(Folder), Path.GetFullPath(Environment.CurrentDirectory));
    }

    [Fact]
    public void MaxSize_bounds_the_longest_side_and_never_enlarges()
    {
        Picture("a.png", 40, 20);
        PixelDataset small = Run("New-PixelDataset a.png -MaxSize 10").Single<PixelDataset>();
        Assert.Equal((10, 5), (small.Width, small.Height));
        PixelDataset same = Run("New-PixelDataset a.png -MaxSize 1000").Single<PixelDataset>();
        Assert.Equal((40, 20), (same.Width, same.Height));
    }

    [Theory]
    [InlineData("-MaxSize 0")]
    [InlineData("-MaxSize -5")]
    public void A_size_below_one_is_refused(string arguments)
    {
        Picture("a.png");
        ErrorRecord error = Assert.Single(Run($"New-PixelDataset a.png {arguments}").Errors);
        Assert.Contains("MaxSize", error.Exception.Message);
    }

    [Fact]
    public void A_folder_is_an_error_that_says_what_to_write_instead()
    {
        ErrorRecord error = Run("New-PixelDataset .").Error("IsFolder", ErrorCategory.InvalidType);
        Assert.Contains("*", error.Exception.Message);
    }

    [Fact]
    public void A_path_outside_the_file_system_is_an_error() =>
        Run("New-PixelDataset Env:PATH").Error("NotFileSystem", ErrorCategory.InvalidArgument);

    [Fact]
    public void A_drive_that_does_not_exist_is_an_error()
    {
        Run("New-PixelDataset nodrive:/a.png").Error("InvalidPath", ErrorCategory.InvalidArgument);
        Run("New-PixelDataset -LiteralPath nodrive:/a.png").Error("InvalidPath", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void Verbose_tells_the_size() =>
        Assert.Contains("16 x 16", Assert.Single(Run($"New-PixelDataset -LiteralPath '{Picture("a.png")}' -Verbose").Verbose));

    [Fact]
    public void Verbose_tells_the_size_of_the_file_and_that_it_was_made_smaller()
    {
        Picture("wide.png", 120, 80);
        Assert.EndsWith(": 50 x 33, 8 bit, channels: 3. It was made smaller, from 120 x 80.",
            Assert.Single(Run("New-PixelDataset wide.png -MaxSize 50 -Verbose").Verbose), StringComparison.Ordinal);
        Assert.EndsWith("Nothing was converted.", Assert.Single(Run("New-PixelDataset wide.png -MaxSize 120 -Verbose").Verbose), StringComparison.Ordinal);
    }

    private static string[] Names(SessionResult result) => [.. result.All<PixelDataset>().Select(dataset => dataset.Name)];

    [Fact]
    public void The_samples_of_a_pixel_all_of_them_and_the_picture_as_a_file_are_there()
    {
        Picture("a.png", 12, 7);
        Directory.CreateDirectory(PathOf("folder"));
        SessionResult result = Run("""
            $d = New-PixelDataset a.png
            $all = $d.ToArray()
            $all.Count, $all.GetType().Name
            ($all[((1 * 12 + 2) * 3)..((1 * 12 + 2) * 3 + 2)] -join ' ') -eq ($d.GetPixel(2, 1) -join ' ')
            $null = $ExecutionContext.SessionState.Path.SetLocation('folder')
            $d.Save('b.png')
            ((New-PixelDataset b.png).ToArray() -join ' ') -eq ($all -join ' ')
            """);
        result.AssertNoErrors();
        Assert.Equal([12 * 7 * 3, "Byte[]"], result.Output.Take(2));
        Assert.Equal([true, true], result.Output.Skip(2));
        Assert.True(File.Exists(PathOf(Path.Combine("folder", "b.png"))));
        Assert.Contains("it must be from 0 to 11", Run("$d.GetPixel(12, 0)").Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Samples8", Run("$d.psobject.Properties.Name").Output.Select(name => name.ToString()));
    }

    [Fact]
    public void A_file_that_lacks_its_end_is_read_with_a_warning_and_verbose_says_what_was_done()
    {
        string path = PathOf("a.jpg");
        Run($"New-PixelDataset '{Picture("a.png", 12, 7)}'").Single<PixelDataset>().Save(path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^2]);
        SessionResult result = Run("New-PixelDataset a.jpg -Verbose");
        result.AssertNoErrors();
        Assert.Single(result.Output);
        Assert.Contains("All its pixels are there", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal($"Read '{path}': 12 x 7, 8 bit, channels: 3. Nothing was converted.", Assert.Single(result.Verbose));
    }
}
