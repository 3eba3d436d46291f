using System.Diagnostics;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Tests;

/// <summary>What a replaced file keeps of the one before, and what is not replaced.</summary>
public sealed class ReplacementFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_killed_writer_left_goes_with_the_next_write_and_nobody_elses_files_do()
    {
        string target = At("a.png");
        string[] left = [Left(target), Left(target)];
        string[] others = [Left(At("b.png")), At(".monalisa-notes.tmp"), At("x.tmp")];
        foreach (string file in others)
            File.WriteAllText(file, "");
        string inUse;
        using (FileStream file = TemporaryName.Create(target))
        {
            inUse = file.Name;
            Write(target, "new");
        }
        Assert.Equal("new", File.ReadAllText(target));
        Assert.All(left, file => Assert.False(File.Exists(file), file));
        Assert.All([.. others, inUse], file => Assert.True(File.Exists(file), file));
    }

    /// <summary>The file that a writer of a target left.</summary>
    private static string Left(string target)
    {
        using FileStream file = TemporaryName.Create(target);
        return file.Name;
    }

    [Fact]
    public void A_file_that_is_put_there_while_the_new_one_is_written_can_be_spared()
    {
        string target = At("a.png");
        using (var file = new ReplacementFile(target, overwrite: true, (_, _, message, cause) => new IOException(message, cause)))
        {
            file.Write(stream => stream.WriteByte(1));
            File.WriteAllText(target, "mine");
            Assert.Throws<InvalidOperationException>(() => file.Commit(() => throw new InvalidOperationException(File.ReadAllText(target))));
        }
        Assert.Equal("mine", File.ReadAllText(target));
        Assert.Equal(["a.png"], _folder.FileNames());
    }

    [Fact]
    public void A_file_that_is_there_is_spared_and_the_remedy_named()
    {
        string target = At("a.png");
        File.WriteAllText(target, "mine");
        var thrown = Assert.Throws<IOException>(
            () => new ReplacementFile(target, overwrite: false, (_, _, message, cause) => new IOException(message, cause)));
        Assert.Equal($"'{target}' exists already. Replace it (-Force), or choose another name.", thrown.Message);
        Assert.Equal("mine", File.ReadAllText(target));
    }

    [Fact]
    public void A_name_as_long_as_the_file_system_allows_is_written()
    {
        string target = At(new string('n', 251) + ".png");
        Write(target, "long");
        Assert.Equal("long", File.ReadAllText(target));
    }

    [Fact]
    public void A_longer_name_is_an_error_that_says_so()
    {
        string message = Assert.Throws<IOException>(() => Write(At(new string('n', 300) + ".png"), "long")).Message;
        Assert.EndsWith("Use a shorter name.", message);
        Assert.Empty(_folder.FileNames());
    }

    [Theory]
    [InlineData(28, "Free space on the disk")]
    [InlineData(122, "Free space on the disk")]
    [InlineData(27, "no larger files")]
    [InlineData(30, "may not be written to")]
    [InlineData(24, "Too many files are open")]
    [InlineData(5, "still connected")]
    [InlineData(unchecked((int)0x80070070), "Free space on the disk")]
    [InlineData(unchecked((int)0x80070013), "may not be written to")]
    public void Each_cause_has_its_own_remedy(int code, string remedy) =>
        Assert.Contains(remedy, WriteFailure.RemedyOf(new IOException("It failed.", code)));

    [Fact]
    public void A_cause_that_is_no_disks_has_another_remedy()
    {
        (Exception Cause, string Remedy)[] table =
        [
            (new PathTooLongException(), "Use a shorter name."),
            (new FileLoadException("It failed.", "NetVips, Version=3.0.0.0, Culture=neutral"), "Start a new session"),
            (new FileNotFoundException("It failed.", "NetVips, Version=3.0.0.0, Culture=neutral"), "Start a new session"),
            (new TypeLoadException(), "Start a new session"),
            (new DirectoryNotFoundException(), "was removed meanwhile"),
            (new FileNotFoundException(), "was removed meanwhile"),
            (new InsufficientMemoryException(), "not enough memory"),
        ];
        Assert.All(table, row => Assert.Contains(row.Remedy, WriteFailure.RemedyOf(row.Cause)));
    }

    [Fact]
    public void A_file_that_another_has_open_alone_is_in_use()
    {
        using (new FileStream(At("a"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var failure = Assert.ThrowsAny<IOException>(() => new FileStream(At("a"), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
            Assert.True(WriteFailure.IsInUse(failure));
            Assert.Contains("Another program has it open", WriteFailure.RemedyOf(failure));
        }
        Assert.False(WriteFailure.IsInUse(new IOException("It failed.", 28)));
    }

    [Fact]
    public void A_link_stays_and_what_it_leads_to_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        Directory.CreateDirectory(At("there"));
        File.WriteAllText(At("there/real.png"), "old");
        File.CreateSymbolicLink(At("link.png"), At("there/real.png"));
        Write(At("link.png"), "new");
        Assert.Equal(At("there/real.png"), new FileInfo(At("link.png")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(At("there/real.png")));
        Assert.Equal(["real.png"], Directory.GetFileSystemEntries(At("there")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_an_error_or_a_new_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right of their own there.");
        File.CreateSymbolicLink(At("new.png"), At("not-there-yet.png"));
        Write(At("new.png"), "new");
        Assert.Equal("new", File.ReadAllText(At("not-there-yet.png")));
        File.CreateSymbolicLink(At("round.png"), At("round.png"));
        Assert.Contains("leads to no file", Assert.Throws<IOException>(() => Write(At("round.png"), "new")).Message);
    }

    [Fact]
    public void A_pipe_and_a_device_are_spared_and_do_not_block()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its devices are in no folder.");
        using (Process make = Process.Start("mkfifo", [At("pipe")]))
            make.WaitForExit();
        foreach (string special in (string[])[At("pipe"), "/dev/null"])
        {
            Assert.Contains("no regular file", Assert.Throws<IOException>(() => Write(special, "new")).Message);
            Assert.True(FileKind.IsSpecial(special));
        }
        Assert.Contains("no regular file", Assert.Throws<ModelFileException>(() => new ExperimentJournal(At("pipe"))).Message);
        Assert.Contains("no regular file", Assert.Throws<PictureException>(() => PictureReader.Read(At("pipe"))).Message);
        Assert.Contains("no regular file", Assert.Throws<ModelFileException>(() => ModelFile.Load(At("pipe"), cancellationToken: TestContext.Current.CancellationToken)).Message);
        Assert.False(FileKind.IsSpecial(At("nothing")));
    }

    [Fact]
    public void A_replaced_file_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("It has no modes.");
        else
        {
            const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
            File.WriteAllText(At("a.png"), "old");
            File.SetUnixFileMode(At("a.png"), own);
            Write(At("a.png"), "new");
            Assert.Equal(own, File.GetUnixFileMode(At("a.png")));
        }
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static void Write(string target, string text)
    {
        using var file = new ReplacementFile(target, overwrite: true, (_, _, message, cause) => new IOException(message, cause));
        file.Write(stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        file.Commit();
    }
}
