using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Training;

namespace MonaLisa.Engine.Storage;

/// <summary>Begins files of snapshots, and goes on in them.</summary>
internal static class SnapshotFile
{
    /// <summary>Begins a file with its first frame; it takes the place of one that is there when both are written.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="overwrite">Whether one that is there may be replaced.</param>
    /// <param name="network">The run's network.</param>
    /// <param name="picture">The run's picture.</param>
    /// <param name="first">The state that the first frame is of.</param>
    /// <exception cref="ModelFileException">It cannot be written.</exception>
    public static FrameWriter Create(string path, bool overwrite, Mlp network, PictureIdentity picture, TrainingSnapshot first)
    {
        byte[] json = SnapshotDescription.ToJson(network.Design, picture);
        var layout = new SnapshotLayout(network.Design, json.Length);
        byte[] head = Head(layout, json, network), frame = new byte[layout.FrameSize];
        SnapshotLayout.WriteFrame(network, first, frame);
        SnapshotLayout.Seal(frame);
        using (var file = new ReplacementFile(path, overwrite, StoredFile.ErrorFor))
        {
            file.Write(stream =>
            {
                stream.Write(head);
                stream.Write(frame);
            });
            file.Commit();
        }
        return new FrameWriter(path, OpenToWrite(path), layout, [first]);
    }

    /// <summary>What a run that goes on keeps of the snapshots before: those up to its step, without one of the end of a run that was stopped.</summary>
    public static TrainingSnapshot[] KeptAt(TrainingSnapshots earlier, long step)
    {
        List<TrainingSnapshot> kept = [.. earlier.Snapshots.TakeWhile(snapshot => snapshot.Step <= step)];
        while (kept.Count > 1 && !kept[^1].IsScheduled)
            kept.RemoveAt(kept.Count - 1);
        return [.. kept];
    }

    /// <summary>Goes on in a file, from a step of its run on.</summary>
    /// <param name="earlier">The file.</param>
    /// <param name="kept">What stays of it; the rest is cut off.</param>
    /// <param name="network">The run's network.</param>
    /// <param name="picture">The run's picture.</param>
    /// <exception cref="ModelFileException">It is of another network or picture, or cannot be written.</exception>
    public static FrameWriter Continue(TrainingSnapshots earlier, TrainingSnapshot[] kept, Mlp network, PictureIdentity picture)
    {
        if (earlier.Design != network.Design)
            throw new ModelFileException(ModelFileProblem.InvalidDescription, earlier.Path,
                $"The snapshots in '{earlier.Path}' are of a network {earlier.Design}, and this run has {network.Design}. " +
                "Give another -SnapshotPath.");
        earlier.RequirePicture(picture);
        SafeFileHandle file = OpenToWrite(earlier.Path);
        try
        {
            StoredFile.Writing(earlier.Path, () =>
            {
                RandomAccess.SetLength(file, earlier.Layout.FrameAt(kept.Length));
                return file;
            });
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return new FrameWriter(earlier.Path, file, earlier.Layout, kept);
    }

    private static byte[] Head(SnapshotLayout layout, byte[] json, Mlp network)
    {
        byte[] head = new byte[layout.FramesAt];
        SnapshotLayout.Head.Write(head, json.Length);
        json.CopyTo(head, SnapshotLayout.Head.Size);
        Span<byte> numbers = head.AsSpan((int)layout.FixedAt);
        foreach (float[] values in SnapshotLayout.Fixed(network))
            foreach (float value in values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(numbers, value);
                numbers = numbers[sizeof(float)..];
            }
        SnapshotLayout.Seal(head);
        return head;
    }

    /// <summary>Opens a file to add frames. An animation may be made of it at the same time.</summary>
    public static SafeFileHandle OpenToWrite(string path) => StoredFile.Writing(
        path, () => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
}
