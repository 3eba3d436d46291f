using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>Files that were cut short, damaged, or never were snapshots.</summary>
public sealed class SnapshotFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _whole;
    private readonly SnapshotLayout _layout;

    public SnapshotFileTests()
    {
        RecordedRun.Train(Path, SnapshotSchedule.EveryEpochs(1));
        _whole = File.ReadAllBytes(Path);
        _layout = TrainingSnapshots.Open(Path).Layout;
    }

    private string Path => _folder.File("run.snapshots");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_short_anywhere_gives_the_frames_before_the_cut()
    {
        for (int length = 0; length < _whole.Length; length += length < _layout.FramesAt ? 1 : 97)
        {
            byte[] cut = _whole[..length];
            long frames = Math.Max(-1, (length - _layout.FramesAt) / _layout.FrameSize);
            if (frames >= 1)
                Assert.Equal(frames, ReadIndex(cut).Snapshots.Count);
            else
                Assert.Contains(Problem(cut), (ModelFileProblem[])[ModelFileProblem.Truncated, ModelFileProblem.NotSnapshots]);
        }
    }

    [Fact]
    public void A_torn_end_is_not_counted_and_a_torn_middle_is_an_error_when_it_is_wanted()
    {
        byte[] damaged = [.. _whole];
        damaged[^20] ^= 1;
        damaged[(int)_layout.FrameAt(3) + 100] ^= 1;
        damaged[(int)_layout.FrameAt(1) + 100] ^= 1;
        File.WriteAllBytes(Path, damaged);
        var snapshots = TrainingSnapshots.Open(Path);
        Assert.Equal(3, snapshots.Snapshots.Count);
        Assert.Equal(ModelFileProblem.ChecksumMismatch, Assert.Throws<ModelFileException>(() => snapshots.Load(1)).Problem);
        Assert.True(snapshots.Load(2).IsFinite);
        Assert.Throws<ArgumentOutOfRangeException>(() => snapshots.Load(3));
    }

    [Fact]
    public void Where_no_frame_is_whole_there_is_an_error()
    {
        byte[] damaged = [.. _whole];
        for (int frame = 0; frame < 5; frame++)
            damaged[(int)_layout.FrameAt(frame) + 50] ^= 1;
        Assert.Equal(ModelFileProblem.ChecksumMismatch, Problem(damaged));
    }

    [Fact]
    public void A_step_that_does_not_come_after_the_one_before_ends_the_frames()
    {
        byte[] damaged = [.. _whole];
        _whole.AsSpan((int)_layout.FrameAt(1), (int)_layout.FrameSize).CopyTo(damaged.AsSpan((int)_layout.FrameAt(3)));
        Assert.Equal(3, ReadIndex(damaged).Snapshots.Count);
    }

    [Fact]
    public void A_number_that_is_infinite_is_an_error_though_its_checksum_fits()
    {
        byte[] damaged = [.. _whole];
        Span<byte> frame = damaged.AsSpan((int)_layout.FrameAt(1), (int)_layout.FrameSize);
        BitConverter.TryWriteBytes(frame[SnapshotLayout.FrameHeadSize..], Half.PositiveInfinity);
        SnapshotLayout.Seal(frame);
        File.WriteAllBytes(Path, damaged);
        var snapshots = TrainingSnapshots.Open(Path);
        Assert.Equal(ModelFileProblem.NotFinite, Assert.Throws<ModelFileException>(() => snapshots.Load(1)).Problem);
    }

    [Fact]
    public void What_is_no_file_of_snapshots_is_told_apart()
    {
        Assert.Equal(ModelFileProblem.NotSnapshots, Problem(ModelFile.ToBytes(RecordedRun.Network)));
        byte[] newer = [.. _whole];
        newer[FileHead.VersionAt] = 2;
        Assert.Equal(ModelFileProblem.UnknownVersion, Problem(newer));
        byte[] claiming = [.. _whole];
        BitConverter.TryWriteBytes(claiming.AsSpan(FileHead.LengthsAt), uint.MaxValue);
        Assert.Equal(ModelFileProblem.TooLarge, Problem(claiming));
        byte[] changed = [.. _whole];
        changed[(int)_layout.FixedAt] ^= 1;
        Assert.Equal(ModelFileProblem.ChecksumMismatch, Problem(changed));
        Assert.Equal(
            ModelFileProblem.NotFound, Assert.Throws<ModelFileException>(() => TrainingSnapshots.Open(_folder.File("none"))).Problem);
        Assert.Equal(ModelFileProblem.IsFolder, Assert.Throws<ModelFileException>(() => TrainingSnapshots.Open(_folder.Path)).Problem);
        File.WriteAllText(Path, "");
        Assert.Equal(ModelFileProblem.Empty, Assert.Throws<ModelFileException>(() => TrainingSnapshots.Open(Path)).Problem);
    }

    [Fact]
    public void Another_picture_is_told_apart()
    {
        var snapshots = TrainingSnapshots.Open(Path);
        snapshots.RequirePicture(TestPictures.Create(20, 15));
        Assert.Equal(ModelFileProblem.OtherPicture,
            Assert.Throws<ModelFileException>(() => snapshots.RequirePicture(TestPictures.Create(20, 16))).Problem);
    }

    [Fact]
    public void A_file_that_changed_since_it_was_opened_is_an_error()
    {
        var snapshots = TrainingSnapshots.Open(Path);
        File.WriteAllBytes(Path, _whole[..(int)_layout.FrameAt(2)]);
        Assert.Equal(ModelFileProblem.Truncated, Assert.Throws<ModelFileException>(() => snapshots.Load(3)).Problem);
    }

    private static SnapshotIndex ReadIndex(byte[] file) =>
        SnapshotReader.ReadIndex(new MemoryStream(file), new ModelFaults("file", ModelFileKind.Snapshots));

    private static ModelFileProblem Problem(byte[] file) => Assert.Throws<ModelFileException>(() => ReadIndex(file)).Problem;
}
