using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The search alone, in folders of its own and with variables that no other test sees.</summary>
public sealed class MklSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string[] Names => OperatingSystem.IsWindows()
        ? ["mkl_rt.3.dll", "mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libmkl_rt.2.dylib", "libmkl_rt.1.dylib", "libmkl_rt.dylib"]
            : ["libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_variables_the_systems_folders_are_searched()
    {
        Assert.Empty(Candidates());
        string newest = Touch("system", Names[0]), oldest = Touch("system", Names[^1]);
        Assert.Equal([newest, oldest], Candidates());
    }

    [Fact]
    public void Only_full_paths_are_loaded()
    {
        Assert.NotEmpty(MklSearch.SystemFolders);
        Assert.All(MklSearch.SystemFolders, folder => Assert.True(Path.IsPathFullyQualified(folder), folder));
        Touch("here", Names[0]);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_folder.Path, "here"));
        Assert.Empty(Candidates(chosen: relative));
        Assert.Empty(Candidates(root: relative));
    }

    [Fact]
    public void A_file_that_the_variable_names_comes_first()
    {
        string file = Touch("my-own-mkl.bin");
        Assert.Equal([file], Candidates(chosen: file));
    }

    [Fact]
    public void Of_a_folder_that_the_variable_names_all_versions_are_tried_from_the_newest()
    {
        string oldest = Touch(Names[^1]), newest = Touch(Names[0]);
        Assert.Equal([newest, oldest], Candidates(chosen: _folder.Path));
    }

    [Theory, InlineData("lib", "intel64"), InlineData("lib"), InlineData("redist", "intel64"), InlineData("bin"), InlineData("Library", "bin")]
    public void MKLROOT_is_searched_where_its_distributions_keep_libraries(params string[] below)
    {
        string file = Touch([.. below, Names[0]]);
        Assert.Equal([file], Candidates(root: _folder.Path));
    }

    [Fact]
    public void The_variable_goes_before_MKLROOT_and_what_does_not_exist_is_left_out()
    {
        string chosen = Touch("chosen", Names[0]), root = Touch("root", "lib", Names[0]);
        Assert.Equal(
            [chosen, root], Candidates(chosen: Path.Combine(_folder.Path, "chosen"), root: Path.Combine(_folder.Path, "root")));
        Assert.Empty(Candidates(chosen: Path.Combine(_folder.Path, "nowhere"), root: Path.Combine(_folder.Path, "nowhere")));
        Assert.Empty(Candidates(chosen: "", root: ""));
    }

    [Fact]
    public void A_part_that_is_not_beside_the_library_is_named()
    {
        string library = Touch(Names[0]);
        Assert.Equal("mkl_core", MklSearch.MissingPart(library));
        Touch("libmkl_core.so.2");
        Assert.Equal("mkl_sequential", MklSearch.MissingPart(library));
        Touch("libmkl_sequential.so.2");
        Assert.Equal("mkl_def", MklSearch.MissingPart(library));
        Touch("libmkl_avx2.so.2");
        Assert.Null(MklSearch.MissingPart(library));
    }

    /// <summary>Makes an empty file, with the folders above it.</summary>
    private string Touch(params string[] parts)
    {
        string file = Path.Combine([_folder.Path, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, []);
        return file;
    }

    private IEnumerable<string> Candidates(string? chosen = null, string? root = null) => MklSearch.Candidates(name => name switch
    {
        MklLibrary.PathVariable => chosen,
        "MKLROOT" => root,
        _ => null,
    }, [Path.Combine(_folder.Path, "system")]);
}
