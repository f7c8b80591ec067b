package io.sande.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Call SCORE = Call.with(Kind.SCORE).number(1).build();
  private static final Call STEP = Call.with(Kind.STEP_WEIGHTS).number(2).build();

  @TempDir Path folder;

  @Test
  void cutAnywhereItHasTheRecordsThatAreWhole() throws IOException {
    Path file = folder.resolve("journal");
    List<Long> ends = new ArrayList<>();
    try (Journal journal = Journal.open(file)) {
      for (int i = 0; i < 3; i++) {
        journal.append(SCORE, new byte[i]);
        ends.add(journal.length());
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      int at = length;
      try (Journal journal = Journal.open(cut)) {
        assertThat(calls(journal)).hasSize((int) ends.stream().filter(end -> end <= at).count());
      }
    }
  }

  @Test
  void whatIsAddedAfterACutFollowsTheLastWholeRecord() throws IOException {
    Path file = folder.resolve("journal");
    long end;
    try (Journal journal = Journal.open(file)) {
      journal.append(SCORE, new byte[] {1});
      end = journal.length();
      journal.append(STEP, new byte[100]);
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) end + 50));
    try (Journal journal = Journal.open(file)) {
      journal.truncate(end);
      journal.append(STEP, new byte[] {2});
      assertThat(calls(journal)).containsExactly(SCORE, STEP);
    }
  }

  @Test
  void aDamagedRecordAndAllBehindItCountAsNotWritten() throws IOException {
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      journal.append(SCORE, new byte[] {1});
      journal.append(STEP, new byte[] {2});
      journal.append(SCORE, new byte[] {3});
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 20] ^= 1; // in the second record
    Files.write(file, bytes);
    try (Journal journal = Journal.open(file)) {
      assertThat(calls(journal)).containsExactly(SCORE);
    }
  }

  @Test
  void twoRunsCannotHaveOneJournal() throws IOException {
    Path file = folder.resolve("journal");
    Journal journal = Journal.open(file);
    assertThatThrownBy(() -> Journal.open(file))
        .isInstanceOf(ResumeException.class)
        .hasMessageEndingWith("is in use: a run in this folder has not ended");
    journal.close();
    Journal.open(file).close();
  }

  @Test
  void anotherFileIsNotWrittenTo() throws IOException {
    Path file = Files.writeString(folder.resolve("journal"), "Dear diary,");
    assertThatThrownBy(() -> Journal.open(file))
        .isInstanceOf(ResumeException.class)
        .hasMessageEndingWith("is no journal of this version; choose another folder");
    assertThat(file).hasContent("Dear diary,");
  }

  private static List<Call> calls(Journal journal) throws IOException {
    List<Call> calls = new ArrayList<>();
    try (Journal.Reader reader = journal.read()) {
      for (Optional<Journal.Entry> e = reader.next(); e.isPresent(); e = reader.next()) {
        calls.add(e.get().call());
      }
    }
    return calls;
  }
}
